"""The face of rewards for other apps.

A handler, whose learners are locked already, pays by `grant_many` (or `write_entries`, to pass ``level.reached`` on in
its outcomes). Every other writer opens `ledger_work` first.
"""

from rewards.errors import RewardsError
from rewards.levels import Progress
from rewards.models import Balance, Currency, LedgerEntry
from rewards.selectors.ledger import Holdings, balance_of, balances_of, holdings_of, level_of, price_names
from rewards.selectors.tariffs import UnknownPrice, price_of
from rewards.services.audit import LedgerReport, rebuild_balances, verify_ledger
from rewards.services.corrections import NoteMissing, adjust
from rewards.services.ledger import (
    LEVEL_REACHED,
    POINTS,
    XP,
    AmountOutOfBounds,
    BadSource,
    InsufficientBalance,
    LearnerNotLocked,
    LedgerWork,
    NewEntry,
    Written,
    XpCannotBeSpent,
    grant,
    grant_many,
    ledger_work,
    write_entries,
)

__all__ = [
    "LEVEL_REACHED",
    "POINTS",
    "XP",
    "AmountOutOfBounds",
    "BadSource",
    "Balance",
    "Currency",
    "Holdings",
    "InsufficientBalance",
    "LearnerNotLocked",
    "LedgerEntry",
    "LedgerReport",
    "LedgerWork",
    "NewEntry",
    "NoteMissing",
    "Progress",
    "RewardsError",
    "UnknownPrice",
    "Written",
    "XpCannotBeSpent",
    "adjust",
    "balance_of",
    "balances_of",
    "grant",
    "grant_many",
    "holdings_of",
    "ledger_work",
    "level_of",
    "price_names",
    "price_of",
    "rebuild_balances",
    "verify_ledger",
    "write_entries",
]
