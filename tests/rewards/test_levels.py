import pytest
from hypothesis import given
from hypothesis import strategies as st

from rewards.levels import Threshold, crossed, default_thresholds, disorder, progress

CURVE = default_thresholds()


class TestDefaultThresholds:
    def test_start_as_the_original_curve(self) -> None:
        assert [level.xp_from for level in default_thresholds(6)] == [0, 150, 375, 712, 1218, 1977]

    def test_are_fifty_and_always_rise(self) -> None:
        assert len(CURVE) == 50
        assert disorder(CURVE) == []


class TestLevelFor:
    @pytest.mark.parametrize(
        ("xp", "level"), [(0, 1), (149, 1), (150, 2), (374, 2), (375, 3), (711, 3), (712, 4), (1218, 5), (1977, 6)]
    )
    def test_changes_exactly_at_the_threshold(self, xp: int, level: int) -> None:
        assert progress(xp, CURVE).number == level

    def test_is_one_where_the_site_has_no_levels(self) -> None:
        assert progress(10_000, []).number == 1

    def test_is_the_highest_beyond_the_table(self) -> None:
        assert progress(10**12, CURVE).number == 50

    @given(st.integers(0, 10**12), st.integers(0, 10**12))
    def test_never_falls_with_more_xp(self, one: int, other: int) -> None:
        low, high = sorted([one, other])

        assert progress(low, CURVE).number <= progress(high, CURVE).number


class TestCrossed:
    def test_names_each_level_between(self) -> None:
        assert crossed(100, 720, CURVE) == [2, 3, 4]

    def test_counts_reaching_but_not_standing_on_a_threshold(self) -> None:
        assert crossed(149, 150, CURVE) == [2]
        assert crossed(150, 151, CURVE) == []

    def test_is_empty_when_xp_falls(self) -> None:
        assert crossed(720, 100, CURVE) == []

    @given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
    def test_two_steps_cross_what_one_does(self, start: int, first: int, second: int) -> None:
        middle, end = start + first, start + first + second

        assert crossed(start, middle, CURVE) + crossed(middle, end, CURVE) == crossed(start, end, CURVE)


class TestProgress:
    def test_is_a_share_of_the_way_between_two_levels(self) -> None:
        halfway = progress(231, CURVE)  # 150 + 81 of the 225 to 375

        assert (halfway.number, halfway.xp_from, halfway.next_xp, halfway.share) == (2, 150, 375, 0.36)

    def test_is_whole_at_the_highest_level(self) -> None:
        top = progress(10**12, CURVE)

        assert (top.number, top.next_xp, top.share) == (50, None, 1.0)

    @given(st.integers(0, 10**12))
    def test_share_stays_between_zero_and_one(self, xp: int) -> None:
        assert 0.0 <= progress(xp, CURVE).share <= 1.0


class TestDisorder:
    def test_names_a_level_that_asks_for_less_than_the_one_below(self) -> None:
        curve = [Threshold(0, 1), Threshold(300, 2), Threshold(200, 3)]

        assert disorder(curve) == [3]
