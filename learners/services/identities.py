"""Who is who: from the names that sources, users and API clients use to one learner."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction

from learners.common.bulk import insert_new
from learners.conf import learner_settings
from learners.errors import LearnerNotFound
from learners.models import LearnerIdentity, LearnerProfile, Source

PYTHON_SOURCE = "python"  # learners that Python callers name and nobody knows


def resolve_learner(ref: Any, *, now: datetime) -> LearnerProfile:
    """Return the learner that ``ref`` names: a profile, a host user or its key, a UUID, or an external id.

    Python callers' unknown learners are created under the source ``python``.

    :raises LearnerNotFound: if ``ref`` is empty.
    """
    found = find_learner(ref, now=now)
    if found is not None:
        return found
    name = str(ref or "").strip()
    if not name:
        raise LearnerNotFound()
    learner_id = create_learners(source=python_source(), external_ids=[name], now=now)[name]
    return LearnerProfile.objects.get(pk=learner_id)


def find_learner(ref: Any, *, now: datetime) -> LearnerProfile | None:
    """Return the learner that ``ref`` names, as `resolve_learner` does; None for one whom nobody knows."""
    if isinstance(ref, LearnerProfile):
        return ref
    if hasattr(ref, "_meta") and ref._meta.model is get_user_model():
        return learner_of_user(ref, now=now)
    name = str(ref or "").strip()
    found = _by_uuid(name)
    if found is not None:
        return found
    user = users_by_key([name]).get(name)
    if user is not None:
        return learner_of_user(user, now=now)
    return _by_external_id(name)


def python_source() -> Source:
    """Return the source under which Python callers' learners are known."""
    insert_new(Source, [_source_row(PYTHON_SOURCE, "Python")], conflict=["code"])
    return Source.objects.get(code=PYTHON_SOURCE)


def _source_row(code: str, name: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "namespace": uuid.uuid4(),
        "is_active": True,
        "creates_categories": True,
        "learner_ids_are_users": False,
    }


def learner_of_user(user: Any, *, now: datetime) -> LearnerProfile:
    """Return the user's profile, made at first sight."""
    found = LearnerProfile.objects.filter(user=user).first()
    if found is not None:
        return found
    insert_new(LearnerProfile, [_profile_row(uuid.uuid4(), now, user_id=user.pk)], conflict=["user_id"])
    return LearnerProfile.objects.get(user=user)


def create_learners(*, source: Source, external_ids: Iterable[str], now: datetime) -> dict[str, int]:
    """Create the learners that ``source`` names and nobody knows yet; return ids by external id.

    Two batches that name the same newcomer meet in one profile: its UUID follows from the source's secret namespace.
    A source that names learners by the site's user keys gets those users' profiles; unknown keys are left out.
    """
    names = sorted(set(external_ids))
    with transaction.atomic():
        if source.learner_ids_are_users:
            owners = _profiles_of_users(names, now=now)
        else:
            keys = {uuid.uuid5(source.namespace, name): name for name in names}
            rows = [_profile_row(key, now) for key in sorted(keys)]
            insert_new(LearnerProfile, rows, conflict=["uuid"])
            made = LearnerProfile.objects.filter(uuid__in=keys).values_list("uuid", "id")
            owners = {keys[key]: learner_id for key, learner_id in made}
        rows = [
            {"learner_id": owners[name], "source_id": source.pk, "external_id": name}
            for name in names
            if name in owners
        ]
        insert_new(LearnerIdentity, rows, conflict=["source_id", "external_id"])
    return owners


def known_learners(*, source: Source, external_ids: Iterable[str]) -> dict[str, int]:
    """Return ids of the learners ``source`` knows, by external id or by their public UUID."""
    names = set(external_ids)
    known = dict(
        LearnerIdentity.objects.filter(source=source, external_id__in=names).values_list("external_id", "learner_id")
    )
    public = {name: key for name in names - known.keys() if (key := _as_uuid(name)) is not None}
    if public:
        by_uuid = dict(
            LearnerProfile.objects.filter(uuid__in=public.values(), forgotten_at=None).values_list("uuid", "id")
        )
        known.update({name: by_uuid[key] for name, key in public.items() if key in by_uuid})
    return known


def users_by_key(keys: Iterable[str]) -> Mapping[str, Any]:
    """Return the site's users by primary key as text; a key counts only as the site itself would write it."""
    model = get_user_model()
    valid = {key: value for key in keys if (value := _user_key(key)) is not None}
    found = model._default_manager.in_bulk(list(valid.values()))
    return {key: found[value] for key, value in valid.items() if value in found}


def _user_key(text: str) -> Any:
    """Return ``text`` as a primary key, or None: other spellings (0001, ٣) and numbers out of range name nobody."""
    field = get_user_model()._meta.pk
    try:
        value = field.to_python(text)
        field.run_validators(value)
    except (ValidationError, ValueError, OverflowError):
        return None
    return value if str(value) == text else None


def _profiles_of_users(names: list[str], *, now: datetime) -> dict[str, int]:
    users = users_by_key(names)
    rows = [_profile_row(uuid.uuid4(), now, user_id=user.pk) for user in users.values()]
    insert_new(LearnerProfile, rows, conflict=["user_id"])
    pairs = LearnerProfile.objects.filter(user__in=[user.pk for user in users.values()]).values_list("user_id", "id")
    by_user = dict(pairs)
    return {name: by_user[user.pk] for name, user in users.items()}


def _profile_row(key: uuid.UUID, now: datetime, *, user_id: Any = None) -> dict[str, Any]:
    return {
        "uuid": key,
        "user_id": user_id,
        "display_name": "",
        "language": "",
        "zone": learner_settings().default_zone,
        "next_zone": "",
        "age_band": "unknown",
        "personalized": True,
        "created_at": now,
    }


def _by_uuid(name: str) -> LearnerProfile | None:
    key = _as_uuid(name)
    return None if key is None else LearnerProfile.objects.filter(uuid=key, forgotten_at=None).first()


def _by_external_id(name: str) -> LearnerProfile | None:
    found = (
        LearnerIdentity.objects.filter(external_id=name, source__code=PYTHON_SOURCE).select_related("learner").first()
    )
    return found.learner if found else None


def _as_uuid(name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(name) if len(name) in (32, 36) else None
    except ValueError:
        return None
