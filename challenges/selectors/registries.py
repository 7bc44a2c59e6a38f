"""Types, topics, texts and numbers as the specification's callers look them up."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import translation

from challenges.models import Challenge, ChallengeType, Origin, Status
from challenges.seeds.wordings import WORDINGS
from challenges.selectors.rules import PURPOSE
from learners.api import Category, ItemStatistic, SkillEstimate, StatisticsVersion, active_wordings


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A text of a type; it is true of a learner of whom ``requires`` is true."""

    origin: str
    title: str
    text: str
    requires: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How many challenges of one origin were given, and how many of them completed."""

    given: int = 0
    completed: int = 0

    @property
    def share(self) -> float | None:
        """Return the share completed, 0–1; None of nothing."""
        return self.completed / self.given if self.given else None


def type_by_code(code: str) -> ChallengeType | None:
    """Return a type, enabled or not."""
    return ChallengeType.objects.filter(code=code).first()


def category_by_code(code: str) -> Category | None:
    """Return a topic, enabled or not."""
    return Category.objects.filter(code=code).first()


def enabled_categories() -> QuerySet[Category]:
    """Return the enabled topics in the editor's order."""
    return Category.objects.filter(is_enabled=True).order_by("position", "pk")


def templates(kind: str, *, language: str) -> list[Template]:
    """Return the texts of a type in ``language``: the editor's, or those shipped (in Bokmål) where there are none."""
    with translation.override(language):
        rows = [
            Template(origin=row.origin, title=row.title, text=row.text, requires=tuple(row.requires))
            for row in active_wordings(purpose=PURPOSE, kind=kind)
        ]
    return rows or [
        Template(origin=seed.origin, title=seed.nb[0], text=seed.nb[1], requires=seed.requires)
        for seed in WORDINGS
        if seed.kind == kind
    ]


def completion_by_origin(*, first: date, last: date) -> dict[Origin, Rate]:
    """Return given and completed challenges of the days ``first`` to ``last`` by what chose them."""
    rows = (
        Challenge.objects.filter(local_date__gte=first, local_date__lte=last)
        .values("source")
        .annotate(given=Count("pk"), completed=Count("pk", filter=Q(status=Status.COMPLETED)))
        .order_by("source")
    )
    return {Origin(row["source"]): Rate(given=row["given"], completed=row["completed"]) for row in rows}


def profile_counts() -> tuple[int, int]:
    """Return how many skills of learners, and how many questions, are estimated."""
    newest = StatisticsVersion.objects.filter(is_complete=True).order_by("-pk").values("pk")[:1]
    return SkillEstimate.objects.count(), ItemStatistic.objects.filter(version__in=newest).count()
