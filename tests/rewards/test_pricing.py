from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from rewards.pricing import Earned, Limit, Quote, Tariff, quote

QUIZ_COMPLETE = Tariff(code="quiz_complete", base=Decimal(5), scale=Decimal("0.5"), most_per_award=50)
QUIZ_PERFECT = Tariff(code="quiz_perfect", base=Decimal(0), scale=Decimal("1.5"), most_per_award=100)


class TestQuote:
    def test_pays_a_faultless_round_of_five_seven_and_seven(self) -> None:
        assert quote(QUIZ_COMPLETE, quantity=5).xp == 7  # 5 + 2.5
        assert quote(QUIZ_PERFECT, quantity=5).xp == 7  # 7.5

    def test_stops_at_the_most_of_one_award(self) -> None:
        assert quote(QUIZ_COMPLETE, quantity=90) == Quote(50, Limit.NONE)
        assert quote(QUIZ_COMPLETE, quantity=91) == Quote(50, Limit.MOST)

    def test_is_exact_where_floats_are_not(self) -> None:
        tariff = Tariff(code="tenths", base=Decimal("0.1"), scale=Decimal("0.1"))

        assert quote(tariff, quantity=2).xp == 0  # 0.3
        assert (
            quote(tariff, quantity=9).xp == 1
        )  # 0.1 + 9 · 0.1 is 1; in floats the sum of tenths is 0.9999999999999999

    def test_halves_after_every_full_price_series(self) -> None:
        tariff = Tariff(code="answer", base=Decimal(8), full_times=3, later_share=Decimal("0.5"))
        prices = [quote(tariff, earned=Earned(times=times)).xp for times in range(13)]

        assert prices == [8, 8, 8, 4, 4, 4, 2, 2, 2, 1, 1, 1, 0]
        assert quote(tariff, earned=Earned(times=3)).limit == Limit.DIMINISHED

    def test_pays_the_rest_up_to_the_day_cap_and_then_nothing(self) -> None:
        tariff = Tariff(code="run", base=Decimal(15), daily_cap=40)

        assert quote(tariff, earned=Earned(times=1, xp=15)) == Quote(15, Limit.NONE)
        assert quote(tariff, earned=Earned(times=2, xp=30)) == Quote(10, Limit.CAPPED)
        assert quote(tariff, earned=Earned(times=3, xp=40)) == Quote(0, Limit.CAPPED)

    @given(
        base=st.decimals(0, 200, places=2),
        cap=st.none() | st.integers(0, 500),
        full_times=st.none() | st.integers(1, 6),
        share=st.decimals(0, 1, places=2),
        deeds=st.integers(1, 40),
    )
    def test_a_day_pays_each_deed_no_more_than_the_one_before(
        self, base: Decimal, cap: int | None, full_times: int | None, share: Decimal, deeds: int
    ) -> None:
        tariff = Tariff(code="any", base=base, daily_cap=cap, full_times=full_times, later_share=share)
        earned = Earned()
        paid = []
        for _ in range(deeds):
            paid.append(quote(tariff, earned=earned).xp)
            earned = Earned(times=earned.times + 1, xp=earned.xp + paid[-1])

        assert paid == sorted(paid, reverse=True)
        assert cap is None or sum(paid) <= cap
