from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from challenges.selectors.rules import PURPOSE
from learners.api import Category, Wording, WordingError, active_wordings, render
from learners.common.languages import OURS, columns

NUMBERS = (1, 5)  # one of each plural form
PERCENT = 80


class Command(BaseCommand):
    """Print what challenges say, for a human to read before learners do."""

    help = "Print every active text of the challenges in one language, with topics and numbers filled in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", choices=OURS, default="nb")
        parser.add_argument("--category", help="only this topic (its code); otherwise the first")
        parser.add_argument("--every-category", action="store_true", help="each text with each topic")

    def handle(self, *, language: str, category: str | None, every_category: bool, **options: Any) -> None:
        wordings = list(active_wordings(purpose=PURPOSE))
        if not wordings:
            raise CommandError("There are no texts yet; setup_gamification makes them.")
        categories = list(Category.objects.filter(is_enabled=True).order_by("position", "pk"))
        if category:
            categories = [row for row in categories if row.code == category]
        if not categories:
            raise CommandError("There is no such topic.")
        malformed = 0
        for wording in wordings:
            for line in _lines(wording, categories if every_category else categories[:1], language):
                malformed += line.startswith("!")
                self.stdout.write(line)
        if malformed:
            raise CommandError(f"{malformed} lines cannot be said.")


def _lines(wording: Wording, categories: list[Category], language: str) -> Iterator[str]:
    name = f"{wording.kind} {wording.origin} {wording.variant}"
    claims = f" ({', '.join(wording.requires)})" if wording.requires else ""
    title, text = (_in(wording, field, language) for field in ("title", "text"))
    seen = set()
    for category in categories:
        for number in NUMBERS:
            slots = _slots(category, number, language)
            try:
                line = f"{name}{claims}: {render(title, slots, language)} — {render(text, slots, language)}"
            except WordingError as error:
                line = f"! {name}: {error}"
            if line not in seen:
                yield line
            seen.add(line)


def _slots(category: Category, number: int, language: str) -> dict[str, str | int | None]:
    bare = _in(category, "bare", language) or category.code
    counted = {"n": number, "d": number, "r": max(number - 1, 1), "min": number, "pct": PERCENT}
    return {"kat": bare, "kat_def": _in(category, "definite", language) or bare, **counted}


def _in(row: Wording | Category, field: str, language: str) -> str:
    """Return the text in the language itself, without falling back to another one that the site has."""
    column = f"{field}_{language}"
    return str(getattr(row, column if column in columns(field) else field) or "")
