from datetime import timedelta

import numpy as np
import pytest

from learners.api import category_logits, day_start, skill_chunk, skill_rows, skills_of
from learners.common.columns import columns_of
from learners.models import Category, LearnerDay, LearnerState, SkillEstimate
from learners.selectors.skill_matrix import SkillMatrix
from tests.challenges.builders import TODAY, a_learner, a_site
from tests.factories import NOON, LearnerProfileFactory

pytestmark = pytest.mark.django_db


def matrix_of(topics: list[Category], *learner_ids: int) -> SkillMatrix:
    ids = np.array([topic.pk for topic in topics], dtype=np.int64)
    return skill_rows(learner_ids=learner_ids, category_ids=ids, logits=category_logits(ids.tolist()), day=TODAY)


class TestSkillRows:
    def test_say_the_same_as_the_learners_own_page(self) -> None:
        topics = a_site()
        learner = a_learner(answers=60, topics=topics, thetas=(0.5, -1.0, 0.0, 2.0))
        LearnerState.objects.filter(learner=learner).update(theta=0.3)

        matrix = matrix_of(topics, learner.pk)

        page = {skill.category_id: skill for skill in skills_of(learner, now=day_start(TODAY))}
        for place, topic in enumerate(topics):
            assert matrix.p[0, place] == pytest.approx(page[topic.pk].p, abs=1e-9)
            assert matrix.n[0, place] == page[topic.pk].n

    def test_keep_what_a_trained_model_said(self) -> None:
        topics = a_site()
        learner = a_learner(answers=60, topics=topics)
        SkillEstimate.objects.update(p=0.9, p_by="hgb-1", last_at=day_start(TODAY))

        assert matrix_of(topics, learner.pk).p[0].tolist() == pytest.approx([0.9] * 4)

    def test_know_a_newcomer_by_the_prior(self) -> None:
        topics = a_site()
        newcomer = LearnerProfileFactory()

        matrix = matrix_of(topics, newcomer.pk)

        assert matrix.p[0].tolist() == pytest.approx([0.75] * 4)
        assert np.isinf(matrix.days[0]).all()
        assert (matrix.answers[0], matrix.overall[0]) == (0, 0.5)

    def test_leave_out_the_forgotten_and_bear_an_empty_list(self) -> None:
        topics = a_site()
        gone = a_learner(answers=10, topics=topics, forgotten_at=NOON)

        assert len(matrix_of(topics, gone.pk)) == 0
        assert len(matrix_of(topics)) == 0

    def test_count_the_practice_of_the_last_four_weeks_without_today(self) -> None:
        topics = a_site()
        learner = a_learner(answers=10, topics=topics)
        for days_ago, answers in ((0, 100), (1, 7), (28, 5), (29, 50)):
            LearnerDay.objects.create(learner=learner, local_date=TODAY - timedelta(days=days_ago), answers=answers)

        matrix = matrix_of(topics, learner.pk)

        assert (matrix.active_days[0], matrix.recent_answers[0]) == (2.0, 12.0)


class TestSkillChunk:
    def test_walks_through_the_active_in_id_order(self) -> None:
        topics = a_site()
        learners = sorted(a_learner(answers=20, topics=topics).pk for _ in range(5))
        a_learner()
        ids = np.array([topic.pk for topic in topics], dtype=np.int64)
        seen, after = [], 0

        while True:
            chunk = skill_chunk(
                category_ids=ids,
                logits=category_logits(ids.tolist()),
                after_id=after,
                size=2,
                active_since=NOON - timedelta(days=30),
                day=TODAY,
            )
            if not len(chunk):
                break
            seen.append(chunk.learner_ids.tolist())
            after = seen[-1][-1]

        assert seen == [learners[:2], learners[2:4], learners[4:]]


class TestColumnsOf:
    def test_null_is_nought_and_never_is_minus_infinity(self) -> None:
        learner = a_learner()

        ids, answers, seen = columns_of(
            LearnerState.objects.values_list("learner_id", "n_answers", "last_at"), ("int8", "int4", "timestamptz")
        )

        assert (ids.tolist(), answers.tolist(), seen.tolist()) == ([learner.pk], [0], [-np.inf])

    def test_instants_are_seconds_since_1970(self) -> None:
        learner = a_learner(answers=5)

        (seen,) = columns_of(LearnerState.objects.filter(learner=learner).values_list("last_at"), ("timestamptz",))

        assert seen[0] == pytest.approx((NOON - timedelta(days=1)).timestamp(), abs=1e-6)

    def test_no_rows_are_empty_columns(self) -> None:
        columns = columns_of(LearnerState.objects.none().values_list("learner_id", "theta"), ("int8", "float8"))

        assert [len(column) for column in columns] == [0, 0]
