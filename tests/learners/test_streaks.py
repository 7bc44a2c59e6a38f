"""Days in a row: two free freezes a month, the learner's own calendar, any order."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learners import days, streaks

DAY = date(2026, 11, 9)


def after(*numbers: int) -> streaks.StreakState:
    """Return the state after days of November 2026 by number."""
    return streaks.of(date(2026, 11, number) for number in numbers)


class TestAdvance:
    def test_the_first_day_is_a_row_of_one(self) -> None:
        state = after(9)

        assert (state.days, state.best) == (1, 1)

    def test_the_same_day_changes_nothing(self) -> None:
        assert streaks.advance(after(9), DAY) == after(9)

    def test_the_next_day_adds_one(self) -> None:
        assert after(9, 10, 11).days == 3

    def test_two_missed_days_a_month_are_bridged_and_do_not_count(self) -> None:
        state = after(2, 4, 6)  # the 3rd and the 5th were missed

        assert (state.days, state.freezes_used) == (3, 2)

    def test_a_third_missed_day_begins_a_new_row_and_keeps_the_best(self) -> None:
        state = after(2, 4, 6, 8)

        assert (state.days, state.best) == (1, 3)

    def test_a_new_month_brings_new_freezes(self) -> None:
        november = [date(2026, 11, number) for number in (26, 28, 30)]  # two freezes spent
        december = [date(2026, 12, number) for number in (2, 4)]

        assert streaks.of(november + december).days == 5

    def test_a_gap_over_the_month_s_end_spends_both_months_freezes(self) -> None:
        state = streaks.of([date(2026, 11, 28), date(2026, 12, 3)])  # 29, 30 November; 1, 2 December

        assert (state.days, state.freeze_month, state.freezes_used) == (2, date(2026, 12, 1), 2)

    def test_an_earlier_day_is_refused(self) -> None:
        with pytest.raises(ValueError, match="before"):
            streaks.advance(after(9), date(2026, 11, 8))

    @given(st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=60))
    def test_order_and_repeats_do_not_matter(self, dates: list[date]) -> None:
        assert streaks.of(dates) == streaks.of(sorted(dates) + dates)

    @given(st.sets(st.dates(date(2026, 1, 1), date(2026, 6, 30)), min_size=1, max_size=60))
    def test_a_row_is_never_longer_than_the_days_nor_the_best_shorter(self, dates: set[date]) -> None:
        state = streaks.of(dates)

        assert 1 <= state.days <= state.best <= len(dates)


class TestToday:
    def test_a_row_is_still_alive_before_today_s_practice(self) -> None:
        seen = streaks.today(after(9, 10), date(2026, 11, 11))

        assert (seen.days, seen.active_today, seen.freezes_left) == (2, False, 2)

    def test_freezes_that_today_would_spend_are_not_left(self) -> None:
        seen = streaks.today(after(9, 10), date(2026, 11, 12))

        assert (seen.days, seen.freezes_left) == (2, 1)

    def test_a_row_that_no_freeze_can_save_is_over_but_the_best_stays(self) -> None:
        seen = streaks.today(after(9, 10, 11), date(2026, 11, 20))

        assert (seen.days, seen.best) == (0, 3)

    def test_nobody_has_a_row_before_the_first_day(self) -> None:
        assert streaks.today(streaks.StreakState(), DAY) == streaks.Streak(0, 0, 2, False)


class TestDays:
    @pytest.mark.parametrize(
        ("zone", "moment", "day"),
        [
            ("Europe/Oslo", "2027-03-28T00:59:59+00:00", date(2027, 3, 28)),  # spring night, 23 hours
            ("Europe/Oslo", "2026-10-25T22:59:59+00:00", date(2026, 10, 25)),  # autumn night, 25 hours
            ("Europe/Oslo", "2026-10-25T23:00:00+00:00", date(2026, 10, 26)),
            ("Europe/Oslo", "2028-02-28T23:00:00+00:00", date(2028, 2, 29)),
            ("Pacific/Apia", "2011-12-30T09:59:59+00:00", date(2011, 12, 29)),
            ("Pacific/Apia", "2011-12-30T10:00:00+00:00", date(2011, 12, 31)),  # the 30th was skipped
        ],
    )
    def test_the_day_is_the_learner_s_own(self, zone: str, moment: str, day: date) -> None:
        assert days.local_date(zone, datetime.fromisoformat(moment)) == day

    @given(st.sampled_from(["Europe/Oslo", "America/St_Johns", "Asia/Kathmandu", "UTC"]), st.integers(0, 366 * 24 * 60))
    def test_the_next_midnight_begins_the_next_day(self, zone: str, minutes: int) -> None:
        now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
        midnight = days.next_midnight(zone, now)

        assert midnight > now
        assert days.local_date(zone, midnight) == days.local_date(zone, now) + timedelta(days=1)
        assert midnight.astimezone(ZoneInfo(zone)).hour == 0

    def test_a_change_of_zone_waits_for_its_midnight(self) -> None:
        at = datetime(2026, 11, 22, tzinfo=UTC)

        assert days.effective_zone("Europe/Oslo", "Asia/Tokyo", at, at - timedelta(seconds=1)) == "Europe/Oslo"
        assert days.effective_zone("Europe/Oslo", "Asia/Tokyo", at, at) == "Asia/Tokyo"
        assert days.effective_zone("Europe/Oslo", "", None, at) == "Europe/Oslo"
