"""The shapes in which facts about learners come in and go out."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from learners import incoming
from learners.common.languages import OURS
from learners.common.rest.fields import InstantField, NumberField, StrictSerializer, TextField, TruthField
from learners.common.rest.fields import WholeNumberField as WholeNumber
from learners.models import Activity, Category, LearnerProfile, Round
from learners.models.activities import RoundKind
from learners.models.people import AgeBand
from learners.services.rounds import LONGEST as LONGEST_ROUND


class ProfileSerializer(serializers.Serializer[LearnerProfile]):
    """A learner as they see themselves."""

    uuid = serializers.UUIDField()
    display_name = serializers.CharField()
    language = serializers.CharField(help_text="Of what is sent to the learner; answers follow each request.")
    zone = serializers.CharField(help_text="IANA time zone in force; it decides when the day begins.")
    next_zone = serializers.CharField(help_text="The zone that takes over, or empty.")
    next_zone_at = serializers.DateTimeField(allow_null=True)
    age_band = serializers.ChoiceField(choices=AgeBand.choices)
    personalized = serializers.BooleanField()
    created_at = serializers.DateTimeField()


class ProfileChangeSerializer(StrictSerializer):
    """What learners may change; a new zone takes effect at the next local midnight."""

    display_name = TextField(required=False, allow_blank=True, max_length=200)
    language = TextField(required=False, allow_blank=True, max_length=16)
    zone = TextField(required=False, max_length=64)
    personalized = TruthField(required=False)

    def validate_language(self, value: str) -> str:
        if value and value not in {*OURS, *dict(settings.LANGUAGES)}:
            raise serializers.ValidationError(_("This language is not offered."), code="unknown-language")
        return value


class LearnerSerializer(serializers.Serializer[LearnerProfile]):
    """A learner as teachers and coaches see them."""

    uuid = serializers.UUIDField()
    display_name = serializers.CharField()


class CategorySerializer(serializers.Serializer[Category]):
    code = serializers.CharField()
    parent = serializers.CharField(  # type: ignore[assignment]
        source="parent.code", default=None, allow_null=True
    )
    label = serializers.CharField(help_text="In the reader's language.")  # type: ignore[assignment]
    description = serializers.CharField()
    weight = serializers.DecimalField(max_digits=4, decimal_places=2, help_text="How hard the topic is; multiplies XP.")
    exam_share = serializers.FloatField(allow_null=True, help_text="0–1.")
    is_enabled = serializers.BooleanField()


class ActivityInSerializer(StrictSerializer):
    """One activity as a source reports it; `incoming.read_batch` does the checking."""

    client_id = TextField(max_length=incoming.LONGEST_ID, help_text="Made by the sender, once per activity.")
    learner = TextField(
        max_length=incoming.LONGEST_LEARNER, help_text="The source's own name for the learner, or the learner's UUID."
    )
    kind = TextField(required=False, default="answer", max_length=incoming.LONGEST_KIND)
    category = TextField(required=False, allow_null=True, max_length=incoming.LONGEST_CATEGORY)
    item = TextField(required=False, allow_null=True, max_length=incoming.LONGEST_ID)
    correct = TruthField(required=False, allow_null=True, help_text="Required of an answer; null: not graded.")
    value = NumberField(
        required=False, allow_null=True, min_value=-incoming.LARGEST_VALUE, max_value=incoming.LARGEST_VALUE
    )
    round = TextField(
        required=False, allow_null=True, max_length=incoming.LONGEST_ID, help_text="Client id of an open round."
    )
    seconds = NumberField(required=False, allow_null=True, min_value=0, max_value=incoming.LONGEST_ANSWER_SECONDS)
    occurred_at = InstantField(required=False, allow_null=True, help_text="With its offset from UTC.")


class RecordedSerializer(serializers.Serializer[Any]):
    """What became of an activity."""

    client_id = serializers.CharField()
    id = serializers.IntegerField(source="activity_id")
    learner = serializers.UUIDField()
    replayed = serializers.BooleanField(help_text="It was known already; nothing happened again.")
    outcome = serializers.JSONField(help_text="What each room made of it, under the room's name.")


class ActivitySerializer(serializers.Serializer[Activity]):
    id = serializers.IntegerField()
    source = serializers.CharField(source="source.code")  # type: ignore[assignment]
    client_id = serializers.CharField()
    kind = serializers.CharField()
    category = serializers.CharField(source="category.code", default=None, allow_null=True)
    item = serializers.CharField(source="item.key", default=None, allow_null=True)
    round = serializers.CharField(source="round.client_id", default=None, allow_null=True)
    correct = serializers.BooleanField(allow_null=True)
    value = serializers.FloatField(allow_null=True)
    seconds = serializers.FloatField(allow_null=True)
    occurred_at = serializers.DateTimeField()
    received_at = serializers.DateTimeField()
    local_date = serializers.DateField(help_text="The learner's day, frozen at receipt.")
    predicted = serializers.FloatField(allow_null=True, help_text="Chance of a right answer before it was known; 0–1.")
    outcome = serializers.JSONField(allow_null=True)


class RoundInSerializer(StrictSerializer):
    """A round as its source opens it."""

    client_id = TextField(max_length=incoming.LONGEST_ID)
    learner = TextField(max_length=incoming.LONGEST_LEARNER)
    kind = serializers.ChoiceField(choices=RoundKind.choices, default=RoundKind.PRACTICE)
    category = serializers.SlugField(required=False, allow_null=True, max_length=incoming.LONGEST_CATEGORY)
    planned = WholeNumber(min_value=1, max_value=LONGEST_ROUND, help_text="Questions, fixed at opening.")


class RoundSerializer(serializers.Serializer[Round]):
    client_id = serializers.CharField()
    kind = serializers.ChoiceField(choices=RoundKind.choices)
    planned = serializers.IntegerField()
    answered = serializers.IntegerField()
    correct = serializers.IntegerField()
    seconds = serializers.FloatField()
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    score = serializers.FloatField(allow_null=True, help_text="Share of right answers of a closed round; 0–1.")


class SkillSerializer(serializers.Serializer[Any]):
    """How well the learner knows one category today."""

    category = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    p = serializers.FloatField(help_text="Chance of a right answer today; 0–1.")
    weak = serializers.BooleanField()
    n = serializers.IntegerField(help_text="Answers so far.")
    last_at = serializers.DateTimeField()


class SkillListSerializer(serializers.Serializer[Any]):
    results = SkillSerializer(many=True)


class StreakSerializer(serializers.Serializer[Any]):
    days = serializers.IntegerField(help_text="In a row, up to today or yesterday.")
    best = serializers.IntegerField()
    freezes_left = serializers.IntegerField(help_text="For the rest of this month.")
    active_today = serializers.BooleanField()


class LivenessSerializer(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=["ok"])


class ReadinessSerializer(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=["ok", "unavailable"])
    database = serializers.BooleanField()
    cache = serializers.BooleanField()
    migrations = serializers.BooleanField()
