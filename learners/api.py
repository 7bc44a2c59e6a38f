"""The face of `learners` to other apps."""

from learners import answer_files, elo
from learners.conf import site_date
from learners.days import effective_zone, local_date, next_midnight
from learners.elo import VERSION as ONLINE_ESTIMATE
from learners.errors import LearnerNotFound, LearnersError
from learners.facts import ActivityFact, EntryFact, NewEvent, Outcome, RoundFact
from learners.models import (
    Activity,
    Category,
    CategoryStatistic,
    Cohort,
    Event,
    ItemStatistic,
    LearnerDay,
    LearnerProfile,
    LearnerState,
    Membership,
    Round,
    SkillEstimate,
    Source,
    StatisticsVersion,
    Wording,
)
from learners.selectors.people import visible_to
from learners.selectors.skill_matrix import SkillMatrix, category_logits, day_start, skill_chunk, skill_rows
from learners.selectors.skills import CategorySkill, get_skill_assessment, get_weak_areas, skills_of, streak_of
from learners.selectors.wordings import Worded, active_wordings, wordings_for
from learners.services.batches import NewActivity
from learners.services.chain import run_points_handlers
from learners.services.events import append_events
from learners.services.forgetting import export_learner, forget_learner
from learners.services.identities import find_learner, learner_of_user, resolve_learner
from learners.services.moving import lock_learners
from learners.services.recording import Recorded, record_activities
from learners.services.rounds import close_round, open_round
from learners.services.sources import issue_key
from learners.services.wordings import replace_wording
from learners.wording import WordingError, number, render, slots_of

__all__ = [
    "ONLINE_ESTIMATE",
    "Activity",
    "ActivityFact",
    "Category",
    "CategorySkill",
    "CategoryStatistic",
    "Cohort",
    "EntryFact",
    "Event",
    "ItemStatistic",
    "LearnerDay",
    "LearnerNotFound",
    "LearnerProfile",
    "LearnerState",
    "LearnersError",
    "Membership",
    "NewActivity",
    "NewEvent",
    "Outcome",
    "Recorded",
    "Round",
    "RoundFact",
    "SkillEstimate",
    "SkillMatrix",
    "Source",
    "StatisticsVersion",
    "Worded",
    "Wording",
    "WordingError",
    "active_wordings",
    "answer_files",
    "append_events",
    "category_logits",
    "close_round",
    "day_start",
    "effective_zone",
    "elo",
    "export_learner",
    "find_learner",
    "forget_learner",
    "get_skill_assessment",
    "get_weak_areas",
    "issue_key",
    "learner_of_user",
    "local_date",
    "lock_learners",
    "next_midnight",
    "number",
    "open_round",
    "record_activities",
    "render",
    "replace_wording",
    "resolve_learner",
    "run_points_handlers",
    "site_date",
    "skill_chunk",
    "skill_rows",
    "skills_of",
    "slots_of",
    "streak_of",
    "visible_to",
    "wordings_for",
]
