import json
from datetime import UTC, datetime
from io import StringIO
from math import log

import pytest
from django.core.management import call_command

from learners.models import (
    Activity,
    Category,
    CategoryStatistic,
    Item,
    ItemStatistic,
    LearnerProfile,
    Source,
    StatisticsVersion,
)
from learners.services.statistics import newest, refit

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def source(db: None) -> Source:
    return Source.objects.create(code="quiz", name="Quiz")


def answer(source: Source, item: Item | None, *results: bool | None) -> None:
    """Record ``results`` of one learner at ``item``, without the rooms above."""
    learner = LearnerProfile.objects.get_or_create(display_name="Ada", defaults={"created_at": NOON})[0]
    already = Activity.objects.count()
    Activity.objects.bulk_create(
        Activity(
            source=source,
            client_id=str(already + number),
            learner=learner,
            kind="answer",
            category=item.category if item else None,
            item=item,
            correct=result,
            received_at=NOON,
            occurred_at=NOON,
            zone="UTC",
            local_date=NOON.date(),
        )
        for number, result in enumerate(results)
    )


class TestRefit:
    def test_smooths_a_category_towards_the_site(self, source: Source) -> None:
        signs = Category.objects.create(code="signs")
        answer(source, Item.objects.create(source=source, key="1", category=signs), True, True, True, False)

        version = refit(now=NOON)

        site = (3 + 1) / (4 + 2)
        share = (3 + 20 * site) / (4 + 20)
        (found,) = CategoryStatistic.objects.filter(version=version)
        assert (found.category, found.n, found.wins) == (signs, 4, 3)
        assert found.logit == pytest.approx(log(share / (1 - share)))

    def test_smooths_an_item_towards_its_category(self, source: Source) -> None:
        signs = Category.objects.create(code="signs")
        easy, hard = (Item.objects.create(source=source, key=key, category=signs) for key in ("easy", "hard"))
        answer(source, easy, True, True)
        answer(source, hard, False, False)

        version = refit(now=NOON)

        # site (2+1)/(4+2) = .5, category (2+10)/(4+20) = .5, easy (2+8*.5)/(2+8) = .6, hard (0+4)/10 = .4
        logits = dict(ItemStatistic.objects.filter(version=version).values_list("item__key", "logit"))
        assert logits == pytest.approx({"easy": log(0.6 / 0.4), "hard": log(0.4 / 0.6)})

    def test_smooths_an_item_without_category_towards_the_site(self, source: Source) -> None:
        answer(source, Item.objects.create(source=source, key="1"), True, True)

        version = refit(now=NOON)

        # site (2+1)/(2+2) = .75, item (2+8*.75)/(2+8) = .8
        assert ItemStatistic.objects.get(version=version).logit == pytest.approx(log(0.8 / 0.2))

    def test_leaves_ungraded_activities_out(self, source: Source) -> None:
        answer(source, Item.objects.create(source=source, key="1"), True, None, False)

        version = refit(now=NOON)

        assert (version.n, version.wins) == (2, 1)

    def test_stays_finite_when_everything_is_right(self, source: Source) -> None:
        answer(source, Item.objects.create(source=source, key="1"), True)

        refit(now=NOON)

        # site (1+1)/(1+2) = 2/3, item (1 + 16/3)/9
        share = (1 + 16 / 3) / 9
        assert ItemStatistic.objects.get().logit == pytest.approx(log(share / (1 - share)))

    def test_makes_an_empty_version_of_no_answers(self, source: Source) -> None:
        version = refit(now=NOON)

        assert (version.n, version.through_activity_id, version.is_complete) == (0, 0, True)

    def test_keeps_three_versions(self, source: Source) -> None:
        answer(source, Item.objects.create(source=source, key="1"), True)

        versions = [refit(now=NOON) for _ in range(5)]

        assert list(StatisticsVersion.objects.order_by("id")) == versions[2:]
        assert ItemStatistic.objects.count() == 3
        assert newest() == versions[4]

    def test_takes_as_many_statements_for_many_items_as_for_one(
        self, source: Source, django_assert_num_queries: pytest.FixtureRequest
    ) -> None:
        signs = Category.objects.create(code="signs")
        for key in range(20):
            answer(source, Item.objects.create(source=source, key=str(key), category=signs), True, False)

        with django_assert_num_queries(11):  # type: ignore[operator]
            refit(now=NOON)


class TestRefitStatistics:
    def test_says_what_it_counted(self, source: Source) -> None:
        answer(source, Item.objects.create(source=source, key="1"), True, False)
        output = StringIO()

        call_command("refit_statistics", "--json", stdout=output)

        report = json.loads(output.getvalue())
        assert (report["answers"], report["items"], report["categories"]) == (2, 1, 0)
