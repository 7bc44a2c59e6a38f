import logging
from dataclasses import asdict

from celery import shared_task

from learners.common import clock
from rewards.services import audit

logger = logging.getLogger(__name__)


@shared_task(name="gamification.rewards.verify_ledger", acks_late=True)
def verify_ledger(**_future: object) -> dict[str, object]:
    """Compare balances with the ledger; a difference is logged as an error, which monitoring shows."""
    report = audit.verify_ledger()
    if not report.sound:
        logger.error(
            "The ledger does not agree with itself: %d balances, levels out of order %s.",
            len(report.drifts),
            report.levels_out_of_order,
        )
    return asdict(report)


@shared_task(name="gamification.rewards.rebuild_balances", acks_late=True)
def rebuild_balances(**_future: object) -> dict[str, int]:
    """Set every balance to the sum of its entries; safe to run twice."""
    return asdict(audit.rebuild_balances(now=clock.now()))
