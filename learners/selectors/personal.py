"""Everything that is stored about one person, found by the foreign keys that lead to their profile."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, Q

from learners.models import LearnerProfile

EXEMPT = {
    "gamification_learners.Delivery": "copies of events on their way to the site's own consumers",
    "gamification_learners.HandlerFailure": "activities that wait to be replayed, told under activities",
}
MOST_STEPS = 3  # answer to challenge to learner


def personal_models() -> dict[type[Model], list[str]]:
    """Return our installed models that lead to a learner, with the lookups that do, e.g. ``event__learner``.

    A model with a foreign key of its own to the learner is found by that alone.
    """
    found: dict[type[Model], list[str]] = {LearnerProfile: ["pk"]}
    for _step in range(MOST_STEPS):
        further = {
            model: paths for model in _our_models() if model not in found and (paths := list(_paths(model, found)))
        }
        found.update(further)
    return found


def exported_models() -> dict[type[Model], list[str]]:
    """Return `personal_models` without those that are exempt."""
    return {model: paths for model, paths in personal_models().items() if model._meta.label not in EXEMPT}


def rows_of(model: type[Model], paths: list[str], learner: LearnerProfile) -> list[dict[str, Any]]:
    """Return the learner's rows of ``model`` in order; related rows that have a code are named by it."""
    mine = Q()
    for path in paths:
        mine |= Q(**{path: learner.pk})
    names = {_lookup(field): field.name for field in model._meta.concrete_fields}
    rows = model._base_manager.filter(mine).order_by("pk").values_list(*names)
    return [dict(zip(names.values(), row, strict=True)) for row in rows]


def _our_models() -> Iterator[type[Model]]:
    for config in apps.get_app_configs():
        if config.label.startswith("gamification_"):
            yield from config.get_models()


def _paths(model: type[Model], found: dict[type[Model], list[str]]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.related_model in found:
            if field.related_model is LearnerProfile:
                yield field.name
            else:
                yield from (f"{field.name}__{path}" for path in found[field.related_model])


def _lookup(field: Any) -> str:
    related = field.related_model
    if related is not None and any(other.name == "code" for other in related._meta.concrete_fields):
        return f"{field.name}__code"
    return str(field.attname)
