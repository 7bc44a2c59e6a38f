"""Columns of translated fields in migrations, built when the migration is loaded.

modeltranslation's columns follow the host's languages. A migration that froze ours would break every other site, so
ours read the host's languages as swappable user models read ``AUTH_USER_MODEL``. The signature never changes.
"""

from typing import Any

from django.db.models import Field

from learners.common.languages import available, columns


def translated(*fields: tuple[str, "Field[Any, Any]"]) -> list[tuple[str, "Field[Any, Any]"]]:
    """Return ``fields`` followed by one nullable column per field and language of the host.

    Use it inside ``CreateModel(fields=[…, *translated(("title", models.CharField(max_length=120)))])``.
    """
    built = list(fields)
    for name, field in fields:
        for column in columns(name)[1:] if available() else ():
            copy = field.clone()
            copy.null = True
            built.append((column, copy))
    return built
