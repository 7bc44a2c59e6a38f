"""What the administrators' endpoints take; anything else is refused."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

MOST_DAYS, MOST_ROWS = 365, 200


class Strict(serializers.Serializer[Any]):
    """A body or query without unknown names."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = sorted(set(data) - set(self.fields))
            if unknown:
                raise serializers.ValidationError({name: [_("This name is not known.")] for name in unknown})
        return super().to_internal_value(data)


class GenerateBody(Strict):
    target_date = serializers.DateField(required=False)


class DaysQuery(serializers.Serializer[Any]):
    days = serializers.IntegerField(default=30, min_value=1, max_value=MOST_DAYS)


class RecentQuery(serializers.Serializer[Any]):
    days = serializers.IntegerField(default=7, min_value=1, max_value=MOST_DAYS)
    limit = serializers.IntegerField(default=50, min_value=1, max_value=MOST_ROWS)


class RangeBody(Strict):
    min = serializers.FloatField(required=False, min_value=0.0, max_value=1.0)
    max = serializers.FloatField(required=False, min_value=0.0, max_value=1.0)


class SettingsBody(Strict):
    ml_enabled = serializers.BooleanField(required=False)
    fallback_enabled = serializers.BooleanField(required=False)
    auto_generation_enabled = serializers.BooleanField(required=False)
    challenge_types_enabled = serializers.DictField(child=serializers.BooleanField(), required=False)
    categories_enabled = serializers.DictField(child=serializers.BooleanField(), required=False)
    difficulty_range = RangeBody(required=False)
    xp_multiplier = serializers.DecimalField(required=False, max_digits=4, decimal_places=2)
