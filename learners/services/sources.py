"""Keys with which sources sign in: the secret is shown once, and only its hash is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from learners.models import Source, SourceKey

SECRET_BYTES = 32
HINT_LENGTH = 8


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A new key and its secret, which is nowhere stored."""

    key: SourceKey
    secret: str


def issue_key(*, source: Source, now: datetime, secret: str | None = None) -> IssuedKey:
    """Make a key for ``source``; earlier keys stay valid until they are revoked, so that they can be rotated.

    ``secret`` is random unless a demo must print the same one every time.
    """
    secret = secret or secrets.token_urlsafe(SECRET_BYTES)
    key = SourceKey.objects.create(
        source=source, sha256=hashed(secret), hint=secret[:HINT_LENGTH], created_at=now, revoked_at=None
    )
    return IssuedKey(key=key, secret=secret)


def revoke_key(*, key: SourceKey, now: datetime) -> SourceKey:
    """End ``key`` at ``now``; a key that has ended stays as it is."""
    SourceKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now)
    key.refresh_from_db()
    return key


def hashed(secret: str) -> str:
    """Return what is stored of ``secret``; it is random and long, so a fast hash suffices."""
    return sha256(secret.encode()).hexdigest()


def source_of(*, secret: str) -> Source | None:
    """Return the active source that ``secret`` belongs to; found by its hash, so timing tells nothing about it."""
    key = (
        SourceKey.objects.select_related("source")
        .filter(sha256=hashed(secret), revoked_at=None, source__is_active=True)
        .first()
    )
    return None if key is None else key.source
