"""Taking over answers that were given elsewhere: files of any size, in chunks, resumed where a run ended.

A line's client id is made of the source's code and the line's number, so one source holds one file. Running again
makes nothing twice, finds lines that are new at the end, and takes lines that were mended since.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from itertools import islice
from zoneinfo import ZoneInfo

from django.db import connections, router
from django.utils.translation import gettext_lazy as _

from learners import days
from learners.answer_files import AnswerLine, BadLine
from learners.conf import learner_settings
from learners.errors import ActivityConflict, BatchError, LearnersError
from learners.models import Activity, Category, LearnerIdentity, LearnerProfile, Source
from learners.services import catalogue, identities, statistics
from learners.services.batches import NewActivity
from learners.services.recording import record_activities

CHUNK = 5_000  # answers in one transaction
SQLITE_CHUNK = 2_000  # others wait while SQLite writes
EPOCH_SECONDS_FROM = 1e8  # seconds above this are since 1970, others since the file's first row
LINE_DIGITS = 9  # client ids of one file sort as its lines do: a chunk is one stretch of the index
BETWEEN_LINES = timedelta(milliseconds=1)  # a file without times keeps its order within one day
GARBAGE_THRESHOLD = 200_000  # objects; Python's own is 700
MOST_LISTED = 1_000  # bad lines told one by one


class AnotherFile(LearnersError):
    """A line was imported before with another content: the source holds another file."""

    status, code = 409, "another-file"
    title = _("This source holds another file; import this one under its own source.")


class StartsInFuture(LearnersError):
    """What was done cannot lie ahead."""

    code = "starts-in-future"
    title = _("The start date lies in the future.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """How a file is to be read."""

    source: Source
    create_categories: bool = False
    zone: str = ""  # of learners who are new; empty: the site's default
    start_date: date | None = None  # of the file's first row; None: as in the run before, or yesterday
    pay: bool = False  # rooms hear of the answers, so that rewards are paid


@dataclass(slots=True, kw_only=True)
class ImportReport:
    """What became of a file's lines."""

    made: int = 0
    kept: int = 0
    bad: int = 0
    bad_lines: list[BadLine] = field(default_factory=list)  # the first of them
    categories_made: int = 0
    learners: int = 0
    statistics_refitted: int = 0

    def refuse(self, line: int, reason: str) -> None:
        self.bad += 1
        if len(self.bad_lines) < MOST_LISTED:
            self.bad_lines.append(BadLine(line, reason))


def import_answers(
    *,
    lines: Iterable[AnswerLine | BadLine],
    plan: ImportPlan,
    now: datetime,
    on_chunk: Callable[[ImportReport], None] = lambda report: None,
) -> ImportReport:
    """Record a file's answers as history, in transactions of a few thousand, and refit the statistics.

    Lines that cannot be used are reported and left out; the others of their chunk are recorded.

    :raises AnotherFile: if a line of this source was recorded with another content.
    :raises StartsInFuture: if the start date has not come yet.
    """
    run = _Run(plan=plan, now=now)
    rest = iter(lines)
    with _rare_collections():
        while chunk := list(islice(rest, _chunk_size())):
            run.take(chunk)
            on_chunk(run.report)
    if run.since_refit:
        run.refit()
    run.report.learners = LearnerIdentity.objects.filter(source=plan.source).count()
    return run.report


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Look for garbage in cycles seldom: a chunk makes a hundred thousand rows and no cycles (a sixth of the time)."""
    before = gc.get_threshold()
    gc.set_threshold(GARBAGE_THRESHOLD, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def check_lines(*, lines: Iterable[AnswerLine | BadLine], plan: ImportPlan) -> ImportReport:
    """Report what `import_answers` would refuse by itself, recording nothing."""
    report = ImportReport()
    categories = _category_codes()
    for line in lines:
        if isinstance(line, BadLine):
            report.refuse(line.line, line.reason)
        elif line.category and line.category not in categories and not plan.create_categories:
            report.refuse(line.line, _unknown_category(line.category))
    return report


@dataclass(slots=True, kw_only=True)
class _Run:
    """One pass over a file."""

    plan: ImportPlan
    now: datetime
    report: ImportReport = field(default_factory=ImportReport)
    categories: set[str] = field(default_factory=lambda: _category_codes())
    prefix: str = ""
    start: datetime | None = None  # midnight at which the history begins
    first_day_ends: datetime = field(init=False)
    first_seconds: float | None = None
    counted: int = 0  # answers behind the statistics in use
    since_refit: int = 0  # answers that the statistics in use do not know yet

    def __post_init__(self) -> None:
        self.prefix = blake2b(self.plan.source.code.encode(), digest_size=6).hexdigest()
        version = statistics.newest()
        self.counted = version.n if version else 0
        graded = Activity.objects.filter(correct__isnull=False).count()
        self.since_refit = max(graded - self.counted, 0)  # a run that is resumed refits where an unkilled one would

    def take(self, chunk: Sequence[AnswerLine | BadLine]) -> None:
        """Record one chunk in one transaction."""
        good = []
        for line in chunk:
            if isinstance(line, BadLine):
                self.report.refuse(line.line, line.reason)
            else:
                good.append(line)
        self._meet_categories({line.category for line in good if line.category})
        activities = {line.line: activity for line in good if (activity := self._activity(line))}
        if len(activities) == len(chunk) and self._all_known(list(activities.values())):
            ends = {line: activities[line] for line in (min(activities), max(activities))}
            self.report.kept += len(activities) - len(ends)
            self._record(ends)
        elif activities:
            self._meet_learners({activity.learner for activity in activities.values()})
            self._record(activities)
        if self.since_refit and self.since_refit >= self.counted:
            self.refit()

    def refit(self) -> None:
        """Fit the statistics anew: what follows is predicted by twice as many answers."""
        self.counted = statistics.refit(now=self.now).n
        self.since_refit = 0
        self.report.statistics_refitted += 1

    def _activity(self, line: AnswerLine) -> NewActivity | None:
        if line.category and line.category not in self.categories:
            self.report.refuse(line.line, _unknown_category(line.category))
            return None
        at = self._instant(line)
        if at is None or at > self.now:
            self.report.refuse(line.line, "its time lies in the future; choose an earlier start date")
            return None
        return NewActivity(
            client_id=self._client_id(line),
            learner=line.learner,
            category=line.category,
            item=line.item,
            correct=line.correct,
            occurred_at=at,
        )

    def _client_id(self, line: AnswerLine) -> str:
        return f"{self.prefix}:{line.line:0{LINE_DIGITS}d}"

    def _instant(self, line: AnswerLine) -> datetime | None:
        if self.start is None:
            self.start = self._first_instant(line)
            self.first_seconds = line.seconds
        if line.seconds is None:
            return min(self.start + BETWEEN_LINES * line.line, self.first_day_ends - BETWEEN_LINES)
        try:
            if line.seconds >= EPOCH_SECONDS_FROM:
                return datetime.fromtimestamp(line.seconds, UTC)
            return self.start + timedelta(seconds=line.seconds - (self.first_seconds or 0.0))
        except (OverflowError, ValueError, OSError):
            return None

    def _first_instant(self, first: AnswerLine) -> datetime:
        """Return the midnight at which the file's history begins, and note the next one."""
        zone = self.plan.zone or learner_settings().default_zone
        before = Activity.objects.filter(source=self.plan.source, client_id=self._client_id(first)).first()
        day = self.plan.start_date
        if day is None and before is not None:
            day, zone = before.local_date, before.zone
        if day is None:
            day = days.local_date(zone, self.now) - timedelta(days=1)
        start = datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)
        if start > self.now:
            raise StartsInFuture()
        self.first_day_ends = days.next_midnight(zone, start)
        return start

    def _meet_categories(self, codes: set[str]) -> None:
        missing = codes - self.categories
        if missing and self.plan.create_categories:
            self.report.categories_made += catalogue.create_categories(missing)
            self.categories |= missing

    def _meet_learners(self, names: set[str]) -> None:
        """Make newcomers in the file's zone; without one, recording makes them in the site's."""
        source = self.plan.source
        if not self.plan.zone or source.learner_ids_are_users:
            return
        missing = names - identities.known_learners(source=source, external_ids=names).keys()
        if missing:
            made = identities.create_learners(source=source, external_ids=missing, now=self.now)
            LearnerProfile.objects.filter(pk__in=made.values()).update(zone=self.plan.zone)

    def _all_known(self, activities: Sequence[NewActivity]) -> bool:
        """Say whether an earlier run recorded all of a chunk that has no bad lines."""
        stretch = (activities[0].client_id, activities[-1].client_id)
        return Activity.objects.filter(source=self.plan.source, client_id__range=stretch).count() == len(activities)

    def _record(self, activities: dict[int, NewActivity]) -> None:
        """Record ``activities`` by line, leaving out those that recording refuses."""
        while activities:
            numbers = list(activities)
            try:
                recorded = record_activities(
                    activities=list(activities.values()),
                    source=self.plan.source,
                    now=self.now,
                    run_handlers=self.plan.pay,
                    historical=True,
                )
            except ActivityConflict as conflict:
                raise AnotherFile(
                    _("Line %(line)d was imported before with another content; use another source for another file.")
                    % {"line": numbers[conflict.indices[0]]}
                ) from conflict
            except BatchError as error:
                for index in error.indices:
                    self.report.refuse(numbers[index], str(error))
                    del activities[numbers[index]]
                continue
            made = sum(not answer.replayed for answer in recorded)
            self.report.made += made
            self.report.kept += len(recorded) - made
            self.since_refit += made
            return


def _category_codes() -> set[str]:
    return set(Category.objects.values_list("code", flat=True))


def _unknown_category(code: str) -> str:
    return f"the category {code!r} is unknown; --create-categories makes it"


def _chunk_size() -> int:
    vendor = connections[router.db_for_write(Activity)].vendor
    return SQLITE_CHUNK if vendor == "sqlite" else CHUNK
