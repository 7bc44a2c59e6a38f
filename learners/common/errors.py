"""What a broken rule of ours is: an error with an HTTP status, a stable code and a title in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong with what was sent."""

    pointer: str  # JSON pointer into the body: /3/learner
    code: str
    detail: Text


class GamificationError(Exception):
    """A rule of the platform was broken; each app's errors subclass it, one class per rule.

    ``code`` is for programs and never changes; ``title`` is for people.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad-request"
    title: ClassVar[Text] = _("The request cannot be carried out.")

    def __init__(self, detail: Text = "", *, flaws: Sequence[Flaw] = (), retry_after: int | None = None) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.flaws = tuple(flaws)
        self.retry_after = retry_after  # seconds

    def __str__(self) -> str:
        return str(self.detail or self.title)
