"""Telling people how a generation went: Python's logging, a file of its own, and mail to ADMINS."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from logging.handlers import WatchedFileHandler
from smtplib import SMTPException

from django.core.mail import mail_admins

from challenges.conf import challenge_options
from challenges.selectors.rules import current_settings
from challenges.services.generation import GenerationReport

logger = logging.getLogger("gamification.challenges")
_LINE = logging.Formatter("%(asctime)s %(levelname)s %(message)s")


@contextmanager
def failures_are_told(what: str, *, expected: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Log and mail whatever but ``expected`` goes wrong inside, and let it go on; the database need not answer."""
    with _own_file():
        try:
            yield
        except expected:
            raise
        except Exception as error:
            cause = f"{type(error).__name__}: {str(error).strip() or 'no message'}"
            logger.exception("%s failed: %s", what, cause)
            _mail(f"Daily challenges: {what} failed", f"{cause}\n\nIt is safe to run it again.")
            raise


def tell(reports: Sequence[GenerationReport], *, now: datetime) -> None:
    """Log each report; mail those with errors always, and all where the settings ask for a summary."""
    with _own_file():
        for report in reports:
            logger.log(logging.ERROR if report.errors else logging.INFO, "%s", sentence(report))
    lines = "\n".join(sentence(report) for report in reports)
    if any(report.errors for report in reports):
        errors = sum(report.errors for report in reports)
        _mail(f"Daily challenges: {errors} learners could not be served", f"{lines}\n\nThe admin's chunks name them.")
    elif any(report.generated for report in reports) and current_settings().mails_summary:
        made = sum(report.generated for report in reports)
        _mail(f"Daily challenges: {made} made at {now:%Y-%m-%d %H:%M} UTC", lines)


def sentence(report: GenerationReport) -> str:
    """Return the report in a line."""
    return (
        f"{report.target_date}: {report.generated} challenges for {report.learners} learners "
        f"({report.ml_generated} chosen personally, {report.fallback_generated} by rules, {report.kept} kept, "
        f"{report.errors} errors) in {report.seconds} s and {report.statements} statements."
    )


def _mail(subject: str, text: str) -> None:
    """Write to ADMINS; a mail server that is away must not hide what was to be told."""
    try:
        mail_admins(subject, text)
    except (OSError, SMTPException):
        logger.exception("This mail could not be sent: %s", subject)


@contextmanager
def _own_file() -> Iterator[None]:
    """Write what is logged inside to the settings' file as well, where one is named."""
    path = challenge_options().log_file
    if not path:
        yield
        return
    handler = WatchedFileHandler(path, encoding="utf-8", delay=True)
    handler.setFormatter(_LINE)
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(min(level or logging.INFO, logging.INFO))
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.removeHandler(handler)
        handler.close()
