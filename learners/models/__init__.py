"""The facts: who learns, what there is to learn, what was done, and what follows directly from it."""

from learners.models.activities import Activity, ActivityKind, HandlerFailure, Round
from learners.models.catalogue import Category, Item, Source, SourceKey
from learners.models.cohorts import Cohort, Membership
from learners.models.days import LearnerDay
from learners.models.log import Delivery, Event
from learners.models.people import LearnerIdentity, LearnerProfile, LearnerState
from learners.models.skills import CategoryStatistic, ItemStatistic, SkillEstimate, StatisticsVersion
from learners.models.wordings import Wording

__all__ = [
    "Activity",
    "ActivityKind",
    "Category",
    "CategoryStatistic",
    "Cohort",
    "Delivery",
    "Event",
    "HandlerFailure",
    "Item",
    "ItemStatistic",
    "LearnerDay",
    "LearnerIdentity",
    "LearnerProfile",
    "LearnerState",
    "Membership",
    "Round",
    "SkillEstimate",
    "Source",
    "SourceKey",
    "StatisticsVersion",
    "Wording",
]
