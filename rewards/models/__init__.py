"""What learners earned and spent, and the price lists that decide how much."""

from rewards.models.ledger import Balance, Correction, Currency, LedgerEntry
from rewards.models.prices import Level, Price

__all__ = ["Balance", "Correction", "Currency", "LedgerEntry", "Level", "Price"]
