"""Which challenges a learner gets: arrays of learners in, one array per column of the challenges out; pure.

A topic by exam value, review due and variety, then a type by lot among those that the learner will probably, but not
certainly, complete. Every draw is repeatable and its chance is kept as the propensity.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from challenges import by_hand, completion, difficulty, exam_value, fallback, phrasing, reviews
from challenges.attempts import Failure, attempts, budget
from challenges.drafts import Drafts, Recent
from challenges.reasons import Reason
from challenges.rules import Rules
from learners.common.chance import uniforms

if TYPE_CHECKING:
    from learners.api import SkillMatrix

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

SCORE_DIGITS = 6  # scores are rounded before ties, so that machines agree
NOVELTY = 0.5  # each time in the last seven days halves the chance
NOT_LATELY_DAYS = 7.0
SPEED_P, SPEED_ANSWERS = 0.85, 20  # speed comes after accuracy
_SLOTS_PER_DRAW = 3  # one digest holds the lot, three types and three texts


class Chooser(Protocol):
    """A personal choice: pure, and it may raise or be slow; the rules stand behind it."""

    def __call__(self, skills: "SkillMatrix", recent: Recent, rules: Rules, types: Floats) -> Drafts:
        """Return the challenges of these learners. ``types`` are draws in [0, 1), shape ``(n_learners, slots)``."""


def choose(
    skills: "SkillMatrix",
    recent: Recent,
    rules: Rules,
    *,
    day: date,
    model_version: str,
    personally: Chooser | None = None,
    by_rules: Callable[..., None] = fallback.choose,
) -> Drafts:
    """Return the day's challenges of every learner in ``skills``, in the order (learner, slot).

    Whom the personal choice fails, the rules serve; whom they fail too has what was written by hand.

    :param personally: another personal choice than ours; :param by_rules: another than `fallback.choose`.
    :raises Exception: what the rules raised, if somebody is left without any challenge.
    """
    drafts = Drafts.empty(skills.learner_ids, rules.per_day)
    if not rules.types:
        return drafts.none()
    draws = _draws(skills.learner_ids, day, model_version, rules.per_day)
    lost: list[Failure] = []
    if rules.chooses:
        beside = replace(recent, streak_open=recent.streak_open | by_hand.streaks_given(recent, rules))
        rest = _personally(drafts, skills, beside, rules, draws, personally or choose_personally)
        lost = _by_rules(drafts, rest, skills, beside, rules, day, by_rules)
        _price(drafts, rules)
    by_hand.place(drafts, skills, recent, rules)
    for failure in lost:
        if not drafts.source[failure.rows].any(axis=1).all():
            raise failure.error
    phrasing.word(drafts, skills, recent, rules, draws.words)
    by_hand.reword(drafts, recent, rules)
    return drafts


def _personally(
    drafts: Drafts, skills: "SkillMatrix", recent: Recent, rules: Rules, draws: "Draws", personally: Chooser
) -> Indices:
    """Choose personally for whom that is possible; return the others, with the reasons and chances of that."""
    able = _has_data(skills, rules)
    share = rules.randomized_fallback_share if rules.fallback_on else 0.0
    drawn = able & (draws.lot < share)
    served = _try_personally(drafts, np.flatnonzero(able & ~drawn), skills, recent, rules, draws, personally)
    failed = able & ~drawn & ~served
    drafts.randomized[:] = (able & ~failed & (0.0 < share < 1.0))[:, None]
    drafts.skill_version[:] = skills.version[:, None]
    drafts.propensity[served] *= 1.0 - share
    drafts.propensity[~served] = np.where(drawn, share, 1.0)[~served][:, None]
    drafts.reasons[drawn] = int(Reason.DRAWN_BY_LOT)
    drafts.reasons[failed] = int(Reason.CHOICE_FAILED)
    drafts.reasons[~able] = _why_by_rules(skills, rules)[~able][:, None]
    return np.flatnonzero(~served)


def _by_rules(
    drafts: Drafts,
    rows: Indices,
    skills: "SkillMatrix",
    recent: Recent,
    rules: Rules,
    day: date,
    by_rules: Callable[..., None],
) -> list[Failure]:
    """Choose for these learners by rules; return for whom it failed, whose slots stay empty."""

    def work(part: Indices) -> None:
        by_rules(drafts, part, skills, recent, rules, day=day)

    lost = [outcome for _, outcome in attempts(work, rows) if isinstance(outcome, Failure)]
    for failure in lost:
        drafts.source[failure.rows] = 0
    drafts.failures += lost
    return lost


def _try_personally(
    drafts: Drafts,
    rows: Indices,
    skills: "SkillMatrix",
    recent: Recent,
    rules: Rules,
    draws: "Draws",
    personally: Chooser,
) -> NDArray[np.bool_]:
    """Take what the personal choice returns in time; say for whom."""
    served = np.zeros(len(skills), dtype=bool)
    if not len(rows):
        return served
    completion.tables(rules.types)  # made once per change of the types, outside the time that a choice may take

    def work(part: Indices) -> Drafts:
        return personally(skills.part(part), recent.part(part), rules, draws.types[part])

    for part, outcome in attempts(work, rows, seconds=budget(len(rows))):
        if isinstance(outcome, Failure):
            drafts.failures.append(outcome)
        else:
            drafts.put(part, outcome, _CHOSEN)
            served[part] = True
    return served


_CHOSEN = (
    "kind",
    "category",
    "requirement",
    "target_correct",
    "difficulty",
    "source",
    "propensity",
    "predicted",
    "reasons",
)


@dataclass(frozen=True, slots=True)
class Draws:
    """Chances in [0, 1): one lot a learner, one type and one text a slot."""

    lot: Floats
    types: Floats
    words: Floats


def _draws(learner_ids: NDArray[np.int64], day: date, version: str, slots: int) -> Draws:
    ids = learner_ids.tolist()
    blocks = [
        uniforms(purpose=f"challenge-{first}", learner_ids=ids, day=day, version=version, draws=7)
        for first in range(0, slots, _SLOTS_PER_DRAW)
    ]
    types = np.concatenate([block[:, 1:4] for block in blocks], axis=1)[:, :slots]
    words = np.concatenate([block[:, 4:7] for block in blocks], axis=1)[:, :slots]
    return Draws(lot=blocks[0][:, 0], types=types, words=words)


def _has_data(skills: "SkillMatrix", rules: Rules) -> NDArray[np.bool_]:
    """Say who can be chosen for: willing, and with enough answers in enough categories."""
    known = (skills.n >= rules.min_category_answers).sum(axis=1) >= min(rules.min_categories, rules.n_categories)
    enough = (skills.answers >= rules.min_answers) & known & (rules.n_categories > 0)
    return np.asarray(skills.personalized & enough & rules.ml_on)


def _why_by_rules(skills: "SkillMatrix", rules: Rules) -> NDArray[np.int64]:
    if not rules.ml_on:
        return np.full(len(skills), int(Reason.CHOICE_OFF))
    why = np.where(skills.personalized, int(Reason.TOO_FEW_ANSWERS), int(Reason.OPTED_OUT))
    return np.where(skills.answers == 0, 0, why)  # a beginner's first quiz says so itself


def choose_personally(skills: "SkillMatrix", recent: Recent, rules: Rules, types: Floats) -> Drafts:
    """Return our choice from the estimates of skill; see `Chooser`."""
    drafts = Drafts.empty(skills.learner_ids, rules.per_day)
    value = exam_value.log_value(skills.p, rules.exam_shares)
    best = value.argmax(axis=1)
    due = reviews.is_due(skills.days, skills.n)
    categories = _categories(value + np.log(reviews.DUE_BOOST) * due, recent.categories, rules.per_day)
    type_times, streak_open = recent.types.copy(), recent.streak_open.copy()
    streak = _index(rules, "streak")
    for slot in range(rules.per_day):
        picked = _Slot.of(skills, categories[:, slot], rules)
        allowed = picked.allowed & ~(streak_open[:, None] & (np.arange(len(rules.types)) == streak))
        stale = recent.pairs[np.arange(len(skills)), categories[:, slot]]
        kinds, chance, in_band = _sample(picked.chance, allowed, stale, type_times, rules, types[:, slot])
        picked.write(drafts, slot, kinds, chance, in_band, rules, is_best=categories[:, slot] == best)
        drafts.source[~allowed.any(axis=1), slot] = 0  # nothing but a second streak is switched on
        type_times[np.arange(len(skills)), kinds] += 1
        streak_open |= kinds == streak
    return drafts


def _categories(value: Floats, times: NDArray[np.int64], slots: int) -> Indices:
    """Return a topic per slot, shape ``(n, slots)``: by value × variety, different ones while there are enough."""
    score = value + np.log(NOVELTY) * times
    score = np.round(np.exp(score - score.max(axis=1, keepdims=True)), SCORE_DIGITS)
    chosen = np.empty((len(score), slots), dtype=np.intp)
    left, every = score.copy(), np.arange(len(score))
    for slot in range(slots):
        if slot % score.shape[1] == 0:
            left = score.copy()
        chosen[:, slot] = left.argmax(axis=1)
        left[every, chosen[:, slot]] = -1.0
    return chosen


def _sample(
    chance: Floats,
    allowed: NDArray[np.bool_],
    stale: NDArray[np.bool_],
    times: NDArray[np.int64],
    rules: Rules,
    draw: Floats,
) -> tuple[Indices, Floats, NDArray[np.bool_]]:
    """Return type, its chance of being drawn, and whether completion is predicted within the band.

    What yesterday brought about the same topic (``stale``) waits while anything else fits.
    """
    within = (chance >= completion.BAND_LOW) & (chance <= completion.BAND_HIGH)
    weights = np.array([rule.ml_weight for rule in rules.types]) * NOVELTY**times * (allowed & within)
    fresh = weights * ~stale
    weights = np.where(fresh.any(axis=1)[:, None], fresh, weights)
    total = weights.sum(axis=1)
    in_band = total > 0
    sums = weights.cumsum(axis=1)
    drawn = (draw[:, None] * total[:, None] >= sums).sum(axis=1)
    drawn = np.minimum(drawn, (weights > 0).shape[1] - 1 - (weights[:, ::-1] > 0).argmax(axis=1))
    distance = np.round(np.abs(chance - completion.BAND_MIDDLE), SCORE_DIGITS)
    nearest = np.where(allowed, distance, np.inf).argmin(axis=1)
    kinds = np.where(in_band, drawn, nearest)
    picked = np.take_along_axis(weights, kinds[:, None], axis=1)[:, 0]
    return kinds, np.where(in_band, picked / np.where(in_band, total, 1.0), 1.0), in_band


@dataclass(frozen=True, slots=True)
class _Slot:
    """One slot of many learners, its topic chosen and its type not yet."""

    categories: Indices
    difficulty: NDArray[np.int64]
    requirement: NDArray[np.signedinteger[Any]]  # (n, n_types), as the next two
    right: NDArray[np.signedinteger[Any]]
    chance: Floats
    allowed: NDArray[np.bool_]
    flags: NDArray[np.int64]

    @classmethod
    def of(cls, skills: "SkillMatrix", categories: Indices, rules: Rules) -> "_Slot":
        every = np.arange(len(skills))
        p, days = skills.p[every, categories], skills.days[every, categories]
        n = skills.n[every, categories]
        sure = confidence(p, skills.strength[every, categories])
        level = difficulty.of_skill(p, sure, least=rules.difficulty_min, greatest=rules.difficulty_max)
        asked = completion.tables(rules.types)
        volume = completion.daily_volume(skills.recent_answers, skills.active_days)
        cell = (difficulty.band(level), completion.p_bin(p), completion.volume_bin(volume))
        active = np.minimum(skills.active_days, completion.WINDOW_DAYS).astype(np.intp)
        days_type = np.array([rule.code == "streak" for rule in rules.types])
        allowed = suitable(skills.overall, skills.confidence, skills.answers, rules)
        ready = (p >= SPEED_P) & (n >= SPEED_ANSWERS)
        allowed &= ready[:, None] | np.array([rule.code != "speed_challenge" for rule in rules.types])
        nothing = ~allowed.any(axis=1)
        allowed[nothing] = [rule.is_enabled for rule in rules.types]
        return cls(
            categories=categories,
            difficulty=level,
            requirement=np.where(days_type, asked.streak_requirement[active], asked.requirement[cell]),
            right=asked.right[cell],
            chance=np.where(days_type, asked.streak_chance[active], asked.chance[cell]),
            allowed=allowed,
            flags=_category_reasons(p, n, days),
        )

    def write(
        self,
        drafts: Drafts,
        slot: int,
        kinds: Indices,
        chance: Floats,
        in_band: NDArray[np.bool_],
        rules: Rules,
        *,
        is_best: NDArray[np.bool_],
    ) -> None:
        every = np.arange(len(kinds))
        topical = np.array([rule.code != "streak" for rule in rules.types])[kinds]
        fit = np.where(in_band, int(Reason.IN_BAND), int(Reason.NEAREST_BAND))
        topic = self.flags | np.where(is_best, int(Reason.MOST_TO_GAIN), int(Reason.VARIETY) if slot == 0 else 0)
        drafts.kind[:, slot] = kinds
        drafts.category[:, slot] = np.where(topical, self.categories, -1)
        drafts.requirement[:, slot] = self.requirement[every, kinds]
        drafts.target_correct[:, slot] = self.right[every, kinds]
        drafts.difficulty[:, slot] = self.difficulty
        drafts.propensity[:, slot] = chance
        drafts.predicted[:, slot] = self.chance[every, kinds]
        drafts.reasons[:, slot] = fit | np.where(topical, topic, 0)
        drafts.source[:, slot] = drafts.ML


def suitable(skill: Floats, sure: Floats, questions: NDArray[np.int64], rules: Rules) -> NDArray[np.bool_]:
    """Say which enabled types suit whom, shape ``(n, n_types)``: the table of `get_suitable_types_for_user`."""
    everyone = np.ones(len(skill), dtype=bool)
    tests = {
        "streak": questions > 10,
        "perfect_score": (skill > 0.5) & (sure > 0.5),
        "accuracy_challenge": (skill > 0.3) & (questions > 20),
        "speed_challenge": (skill > 0.7) & (sure > 0.7),
    }
    columns = [tests.get(rule.code, everyone) & rule.is_enabled for rule in rules.types]
    return np.stack(columns, axis=1)


def confidence(mean: Floats, strength: Floats) -> Floats:
    """Return 1 − the width of the 90 % interval of a Beta posterior, 0–1 (normal approximation)."""
    return np.asarray(np.clip(1.0 - 2.0 * _Z_95 * np.sqrt(mean * (1.0 - mean) / (strength + 1.0)), 0.0, 1.0))


_Z_95 = 1.6449


def _category_reasons(p: Floats, n: NDArray[np.int64], days: Floats) -> NDArray[np.int64]:
    new, away = n == 0, (n > 0) & (days >= NOT_LATELY_DAYS)
    weak = (n > 0) & (p < SPEED_P)
    due = reviews.is_due(days, n)
    bits = new * int(Reason.NEVER_PRACTISED) + away * int(Reason.NOT_LATELY) + weak * int(Reason.BELOW_MASTERY)
    bits = bits + due * int(Reason.DUE_FOR_REVIEW)
    return np.asarray(bits, dtype=np.int64)


def _price(drafts: Drafts, rules: Rules) -> None:
    base = np.array([rule.base_xp for rule in rules.types], dtype=np.int64)[drafts.kind]
    scales = np.array([rule.scales for rule in rules.types])[drafts.kind]
    drafts.difficulty[...] = np.where(scales, drafts.difficulty, difficulty.SAME_FOR_ALL)
    weights = np.append(rules.category_weights, difficulty.HUNDRED)  # the last one: no category
    reward = difficulty.REWARDS[rules.xp_version]
    drafts.xp[...], drafts.bonus[...] = reward(base, drafts.difficulty, weights[drafts.category], rules.xp_multiplier)


def _index(rules: Rules, code: str) -> int:
    """Return the place of a type, or -1."""
    places: Sequence[int] = [place for place, rule in enumerate(rules.types) if rule.code == code]
    return places[0] if places else -1
