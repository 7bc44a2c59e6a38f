"""What practice takes and says over the API."""

from typing import Any

from rest_framework import serializers

from gamification_site.practice.models import Kind
from gamification_site.practice.question_bank import OPTIONS
from learners.common.rest.fields import NumberField, StrictSerializer, TextField, WholeNumberField

LONGEST_ANSWER_SECONDS = 86_400.0  # a day
LARGEST_POSITION = 500


class OpeningSerializer(StrictSerializer):
    """Which round to open."""

    kind = serializers.ChoiceField(choices=Kind.choices, default=Kind.PRACTICE)
    category = TextField(required=False, allow_null=True, max_length=60, help_text="Without it, all topics.")
    length = WholeNumberField(
        required=False, allow_null=True, min_value=1, max_value=LARGEST_POSITION, help_text="Practice: 5, 10 or 15."
    )


class AnswerInSerializer(StrictSerializer):
    """The option chosen for the question at a position."""

    position = WholeNumberField(min_value=0, max_value=LARGEST_POSITION, help_text="As the question said.")
    option = WholeNumberField(min_value=0, max_value=OPTIONS - 1, help_text="From 0.")
    seconds = NumberField(required=False, allow_null=True, min_value=0.0, max_value=LONGEST_ANSWER_SECONDS)


class PracticeRoundSerializer(serializers.Serializer[Any]):
    """A round as its learner sees it; its questions are asked one by one."""

    uuid = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    category = serializers.SerializerMethodField()
    length = serializers.IntegerField(help_text="Questions.")
    position = serializers.IntegerField(help_text="Of the next question, from 0.")
    answered = serializers.IntegerField()
    correct = serializers.IntegerField()
    opened_at = serializers.DateTimeField()
    deadline_at = serializers.DateTimeField(allow_null=True, help_text="Of a mock test: later answers are refused.")
    closed_at = serializers.DateTimeField(allow_null=True)

    def get_category(self, row: Any) -> str | None:
        return row.category or None


class QuestionSerializer(serializers.Serializer[Any]):
    """A question without its answer."""

    key = serializers.CharField()
    position = serializers.IntegerField()
    length = serializers.IntegerField()
    category = serializers.CharField()
    category_label = serializers.CharField()
    text = serializers.CharField(help_text="In Bokmål.")
    options = serializers.ListField(child=serializers.CharField())


class EarningSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(help_text="Stable; programs key on it.")
    name = serializers.CharField(help_text="In the reader's language.")
    xp = serializers.IntegerField()
    limit = serializers.CharField(allow_null=True, help_text="Why it is not more: most, diminished or capped.")


class MovedSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    title = serializers.CharField()
    progress = serializers.IntegerField()
    goal = serializers.IntegerField()
    completed = serializers.BooleanField(help_text="By this answer.")
    xp = serializers.IntegerField(help_text="Paid by this answer, the bonus included.")


class GradedSerializer(serializers.Serializer[Any]):
    """The grade of an answer and everything that followed."""

    position = serializers.IntegerField()
    option = serializers.IntegerField()
    correct = serializers.BooleanField()
    right_option = serializers.IntegerField()
    explanation = serializers.CharField()
    rule = serializers.CharField()
    replayed = serializers.BooleanField(help_text="It was answered before; nothing happened again.")
    is_over = serializers.BooleanField(help_text="No question is left.")
    xp = serializers.IntegerField(help_text="All that this answer earned.")
    earnings = EarningSerializer(many=True)
    challenges = MovedSerializer(many=True)
    streak = serializers.IntegerField(help_text="Days in a row.")
    new_level = serializers.IntegerField(allow_null=True, help_text="Reached by this answer.")
    total_xp = serializers.IntegerField(source="points.xp")
    level = serializers.IntegerField(source="points.level.number")


class TopicResultSerializer(serializers.Serializer[Any]):
    category = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    asked = serializers.IntegerField()
    correct = serializers.IntegerField()


class ReviewedSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField()
    text = serializers.CharField()
    option = serializers.CharField()
    right_option = serializers.CharField()
    correct = serializers.BooleanField()
    explanation = serializers.CharField()
    rule = serializers.CharField()


class ResultSerializer(serializers.Serializer[Any]):
    """How a round went; only answered questions show their answers."""

    uuid = serializers.UUIDField(source="round.uuid")
    kind = serializers.ChoiceField(choices=Kind.choices, source="round.kind")
    length = serializers.IntegerField(source="round.length")
    answered = serializers.IntegerField()
    correct = serializers.IntegerField()
    passed = serializers.BooleanField(allow_null=True, help_text="Of a mock test that is over: 38 of 45 in 90 minutes.")
    xp = serializers.IntegerField()
    opened_at = serializers.DateTimeField(source="round.opened_at")
    deadline_at = serializers.DateTimeField(source="round.deadline_at", allow_null=True)
    closed_at = serializers.DateTimeField(source="round.closed_at", allow_null=True)
    topics = TopicResultSerializer(many=True)
    answers = ReviewedSerializer(many=True)
