import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learners.common.bulk import insert_new, update_rows
from learners.models import Category, LearnerProfile, Source

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
NASTY = [
    "",
    "NULL",
    "null",
    '"',
    "\\",
    '\\"',
    "{}",
    "{a,b}",
    "a,b",
    "'",
    "''; --",
    " ",
    "\n\r\t",
    "%s",
    "%",
    "$1",
    "ø😀",
]
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)


def source_row(code: str, name: str) -> dict[str, object]:
    return {
        "code": code,
        "name": name,
        "namespace": uuid.uuid4(),
        "is_active": True,
        "creates_categories": False,
        "learner_ids_are_users": False,
    }


@pytest.mark.django_db
class TestValues:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
    @given(texts=st.lists(TEXTS, max_size=8))
    def test_come_back_as_they_went_in(self, texts: list[str]) -> None:
        Source.objects.all().delete()
        names = [*texts, *NASTY]

        insert_new(Source, [source_row(f"s{n}", name) for n, name in enumerate(names)], conflict=["code"])

        assert list(Source.objects.order_by("id").values_list("name", flat=True)) == names

    def test_of_times_and_missing_times_come_back(self) -> None:
        learners = [LearnerProfile.objects.create(created_at=NOON) for _ in range(3)]
        times = [NOON + timedelta(microseconds=1), None, NOON]

        update_rows(
            LearnerProfile,
            [{"id": learner.pk, "next_zone_at": at} for learner, at in zip(learners, times, strict=True)],
        )

        assert list(LearnerProfile.objects.order_by("id").values_list("next_zone_at", flat=True)) == times

    def test_of_exact_and_missing_numbers_come_back(self) -> None:
        topics = [Category.objects.create(code=str(number)) for number in range(3)]
        weights, shares = [Decimal("0.10"), Decimal("9.99"), Decimal("1.00")], [1e-07, None, 1.0]

        update_rows(
            Category,
            [
                {"id": topic.pk, "weight": weight, "exam_share": share}
                for topic, weight, share in zip(topics, weights, shares, strict=True)
            ],
        )

        rows = Category.objects.order_by("id").values_list("weight", "exam_share")
        assert list(rows) == list(zip(weights, shares, strict=True))
