from typing import Any

from rest_framework import serializers

from challenges.models import Verdict
from learners.common.rest.fields import StrictSerializer


class ReasonSerializer(serializers.Serializer[Any]):
    """Why it was chosen."""

    code = serializers.CharField(help_text="Stable; programs key on it.")
    text = serializers.CharField(help_text="In the reader's language.")


class ChallengeSerializer(serializers.Serializer[Any]):
    """One challenge of one day (`challenges.selectors.challenges.Shown`)."""

    id = serializers.IntegerField()
    local_date = serializers.DateField(help_text="The learner's day.")
    last_date = serializers.DateField(help_text="The last day on which it can be completed, once reopened.")
    slot = serializers.IntegerField(help_text="Place within the day, from 0.")
    type = serializers.CharField()
    type_name = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()
    category = serializers.CharField(allow_null=True, help_text="Null: every topic counts.")
    category_label = serializers.CharField(allow_null=True)
    requirement = serializers.IntegerField(help_text="In the unit.")
    target_correct = serializers.IntegerField(allow_null=True, help_text="Right answers needed.")
    minutes = serializers.IntegerField(allow_null=True)
    unit = serializers.CharField(help_text="questions, days, or round: questions in one faultless round.")
    progress = serializers.IntegerField()
    goal = serializers.IntegerField(help_text="The progress that completes it.")
    status = serializers.CharField(help_text="open, completed, abandoned, missed or expired.")
    xp = serializers.IntegerField()
    bonus = serializers.IntegerField(help_text="Paid together with the XP.")
    difficulty = serializers.FloatField(help_text="0–1")
    source = serializers.CharField(  # type: ignore[assignment]
        help_text="What chose it: ml, fallback, onboarding or manual."
    )
    model_version = serializers.CharField()
    reasons = ReasonSerializer(many=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    reopened_at = serializers.DateTimeField(allow_null=True, help_text="When the missed day was taken up again.")
    rating = serializers.ChoiceField(choices=Verdict.choices, allow_null=True, help_text="What the learner said of it.")


class WhySerializer(serializers.Serializer[Any]):
    """Why a challenge was chosen (`challenges.selectors.challenges.Why`)."""

    id = serializers.IntegerField()
    source = serializers.CharField(  # type: ignore[assignment]
        help_text="What chose it: ml, fallback, onboarding or manual."
    )
    model_version = serializers.CharField(help_text="Of the model or the rules that chose it.")
    summary = serializers.CharField(help_text="In the reader's language.")
    reasons = ReasonSerializer(many=True)
    would_change = ReasonSerializer(many=True, help_text="What would have made another challenge, by reason.")


class RatingSerializer(StrictSerializer):
    """A learner's opinion of a challenge."""

    rating = serializers.ChoiceField(choices=Verdict.choices)
