from typing import Any

from rest_framework import serializers

from rewards.models import LedgerEntry
from rewards.selectors.ledger import Holdings


class LevelSerializer(serializers.Serializer[Any]):
    """A level and the way to the next."""

    number = serializers.IntegerField()
    xp_from = serializers.IntegerField()
    next_xp = serializers.IntegerField(allow_null=True, help_text="Null at the highest level.")
    share = serializers.FloatField(help_text="Of the way to the next level, 0–1.")


class PointsSerializer(serializers.Serializer[Holdings]):
    """What the learner has."""

    xp = serializers.IntegerField(help_text="Earned; decides the level.")
    points = serializers.IntegerField(help_text="To spend.")
    level = LevelSerializer()
    level_name = serializers.CharField(help_text="In the reader's language; empty where the site gave it none.")


class LedgerEntrySerializer(serializers.ModelSerializer[LedgerEntry]):
    reason_name = serializers.SerializerMethodField(help_text="In the reader's language; the code where unnamed.")

    class Meta:
        model = LedgerEntry
        fields = ("id", "currency", "amount", "reason", "reason_name", "source", "local_date", "created_at")

    def get_reason_name(self, entry: LedgerEntry) -> str:
        names: dict[str, str] = self.context.get("reason_names", {})
        return names.get(entry.reason, entry.reason)
