"""How often each item and each category is answered right, refitted as a new version over all graded answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connections, router, transaction
from django.db.models import Count, Max, Q

from learners import elo
from learners.models import Activity, CategoryStatistic, Item, ItemStatistic, StatisticsVersion

SITE_PRIOR = 1.0  # a right and a wrong answer, so that no share is 0 or 1 and every logit is finite
VERSIONS_KEPT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Totals:
    n: int
    wins: int
    through: int

    @property
    def share(self) -> float:
        return (self.wins + SITE_PRIOR) / (self.n + 2 * SITE_PRIOR)


def refit(*, now: datetime) -> StatisticsVersion:
    """Count all graded answers again and return the new version, complete; the last three are kept.

    Everything is counted afresh: activity ids commit out of order, so adding up from the last id would miss some.
    """
    with transaction.atomic():
        totals = _totals()
        version = StatisticsVersion.objects.create(
            created_at=now, through_activity_id=totals.through, n=totals.n, wins=totals.wins
        )
        _insert_categories(version, totals)
        _insert_items(version, totals)
        version.is_complete = True
        version.save(update_fields=["is_complete"])
        _forget_old_versions()
    return version


def newest() -> StatisticsVersion | None:
    """Return the version in use."""
    return StatisticsVersion.objects.filter(is_complete=True).order_by("-id").first()


def _totals() -> _Totals:
    counted = Activity.objects.filter(correct__isnull=False).aggregate(
        n=Count("id"), wins=Count("id", filter=Q(correct=True)), through=Max("id")
    )
    return _Totals(n=counted["n"], wins=counted["wins"], through=counted["through"] or 0)


def _insert_categories(version: StatisticsVersion, totals: _Totals) -> None:
    _execute(
        f"""
        INSERT INTO "{_table(CategoryStatistic)}" (version_id, category_id, n, wins, logit)
        SELECT %s, category_id, n, wins, LN(p / (1 - p))
        FROM (
            SELECT category_id, n, wins, (wins + %s) / (n + %s) AS p
            FROM (
                SELECT category_id, COUNT(*) AS n, SUM(CASE WHEN correct THEN 1 ELSE 0 END) AS wins
                FROM "{_table(Activity)}"
                WHERE correct IS NOT NULL AND category_id IS NOT NULL AND id <= %s
                GROUP BY category_id
            ) AS counted
        ) AS smoothed
        """,
        [version.pk, elo.CATEGORY_PRIOR_ANSWERS * totals.share, elo.CATEGORY_PRIOR_ANSWERS, totals.through],
    )


def _insert_items(version: StatisticsVersion, totals: _Totals) -> None:
    _execute(
        f"""
        INSERT INTO "{_table(ItemStatistic)}" (version_id, item_id, n, wins, logit)
        SELECT %s, item_id, n, wins, LN(p / (1 - p))
        FROM (
            SELECT counted.item_id, counted.n, counted.wins,
                   (counted.wins + %s * COALESCE((topic.wins + %s) / (topic.n + %s), %s)) / (counted.n + %s) AS p
            FROM (
                SELECT item_id, COUNT(*) AS n, SUM(CASE WHEN correct THEN 1 ELSE 0 END) AS wins
                FROM "{_table(Activity)}"
                WHERE correct IS NOT NULL AND item_id IS NOT NULL AND id <= %s
                GROUP BY item_id
            ) AS counted
            JOIN "{_table(Item)}" AS item ON item.id = counted.item_id
            LEFT JOIN "{_table(CategoryStatistic)}" AS topic
                ON topic.category_id = item.category_id AND topic.version_id = %s
        ) AS smoothed
        """,
        [
            version.pk,
            elo.ITEM_PRIOR_ANSWERS,
            elo.CATEGORY_PRIOR_ANSWERS * totals.share,
            elo.CATEGORY_PRIOR_ANSWERS,
            totals.share,
            elo.ITEM_PRIOR_ANSWERS,
            totals.through,
            version.pk,
        ],
    )


def _forget_old_versions() -> None:
    kept = StatisticsVersion.objects.order_by("-id").values_list("id", flat=True)[:VERSIONS_KEPT]
    old = StatisticsVersion.objects.filter(id__lt=min(kept))
    for model in (ItemStatistic, CategoryStatistic):
        model._default_manager.filter(version__in=old).delete()
    old.delete()


def _table(model: type[Any]) -> str:
    return str(model._meta.db_table)


def _execute(sql: str, params: list[Any]) -> None:
    with connections[router.db_for_write(StatisticsVersion)].cursor() as cursor:
        cursor.execute(sql, params)
