"""Chance is repeatable and does not depend on the company."""

from datetime import date

import numpy as np
import pytest

from learners.common.chance import uniform, uniforms

DAY = date(2026, 11, 21)


class TestUniforms:
    def test_gives_the_same_draws_on_any_machine(self) -> None:
        draw = uniform(purpose="challenge", learner_id=7, day=DAY, version="elo-1")

        assert draw == 0.08452685354053013

    def test_a_learner_draws_the_same_alone_and_in_company(self) -> None:
        alone = uniforms(purpose="challenge", learner_ids=[42], day=DAY, version="elo-1", draws=3)

        together = uniforms(purpose="challenge", learner_ids=range(100), day=DAY, version="elo-1", draws=3)

        assert alone[0].tolist() == together[42].tolist()

    def test_spreads_evenly(self) -> None:
        draws = uniforms(purpose="challenge", learner_ids=range(20_000), day=DAY, version="elo-1", draws=8)

        counts, _ = np.histogram(draws, bins=10, range=(0, 1))

        assert draws.min() >= 0.0
        assert draws.max() < 1.0
        assert abs(counts - 16_000).max() < 600  # five standard deviations of a binomial

    def test_purpose_day_and_version_each_change_the_draw(self) -> None:
        one = uniform(purpose="challenge", learner_id=7, day=DAY, version="elo-1")

        assert one != uniform(purpose="nudge", learner_id=7, day=DAY, version="elo-1")
        assert one != uniform(purpose="challenge", learner_id=7, day=date(2026, 11, 22), version="elo-1")
        assert one != uniform(purpose="challenge", learner_id=7, day=DAY, version="elo-2")

    def test_refuses_more_draws_than_a_digest_holds(self) -> None:
        with pytest.raises(ValueError, match="1 to 8"):
            uniforms(purpose="challenge", learner_ids=[1], day=DAY, version="elo-1", draws=9)
