"""What a learner did."""

from django.db.models import QuerySet

from learners.models import Activity, LearnerProfile


def activities_of(learner: LearnerProfile) -> QuerySet[Activity]:
    """Return the learner's activities with all that a page shows of them."""
    return Activity.objects.filter(learner=learner).select_related("source", "category", "item", "round")
