"""Which text a challenge gets: by lot among those whose claims are true of the learner; pure."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from challenges import completion, fallback
from challenges.drafts import Drafts
from challenges.reasons import Reason
from challenges.rules import Claim, Rules, WordingRule

if TYPE_CHECKING:
    from learners.api import SkillMatrix

TEN = 10
KNOWN_P, KNOWN_ANSWERS = 0.85, 20
NO_WORDING = -1


def word(drafts: Drafts, skills: "SkillMatrix", rules: Rules, draws: NDArray[np.float64]) -> None:
    """Choose a text for every challenge and set the minutes that speed challenges ask."""
    _set_minutes(drafts, rules)
    true = _claims(drafts, skills, rules)
    drafts.wording[...] = NO_WORDING
    for place, rule in enumerate(rules.types):
        for personal in (True, False):
            here = (drafts.kind == place) & ((drafts.source == Drafts.ML) == personal)
            if here.any():
                texts = [text for text in rules.wordings if text.kind == rule.code]
                own = [text for text in texts if (text.origin == "ml") == personal]
                drafts.wording[here] = _pick(own, texts, true[here], draws[here])


def _pick(
    own: list[WordingRule], others: list[WordingRule], true: NDArray[np.int64], draw: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return a text per row: one of its origin's, else any true one of the type, else none."""
    first = _among(own, true, draw)
    return np.where(first == NO_WORDING, _among(others, true, draw), first)


def _among(texts: list[WordingRule], true: NDArray[np.int64], draw: NDArray[np.float64]) -> NDArray[np.int64]:
    if not texts:
        return np.full(len(true), NO_WORDING, dtype=np.int64)
    claims = np.array([text.claims for text in texts], dtype=np.int64)
    fits = (true[:, None] & claims) == claims
    count = fits.sum(axis=1)
    nth = np.minimum((draw * count).astype(np.int64), np.maximum(count - 1, 0))
    place = (fits.cumsum(axis=1) > nth[:, None]).argmax(axis=1)
    return np.where(count > 0, np.array([text.id for text in texts], dtype=np.int64)[place], NO_WORDING)


def _set_minutes(drafts: Drafts, rules: Rules) -> None:
    speed = np.array([rule.code == "speed_challenge" for rule in rules.types])[drafts.kind]
    minutes = -(-drafts.requirement * completion.SECONDS_PER_QUESTION // 60)
    drafts.minutes[...] = np.where(speed, minutes, 0)


def _claims(drafts: Drafts, skills: "SkillMatrix", rules: Rules) -> NDArray[np.int64]:
    """Return what is true of each challenge as bits of `Claim`."""
    named = drafts.category >= 0
    row = np.arange(len(skills))[:, None]
    place = np.maximum(drafts.category, 0)
    blank = np.zeros_like(drafts.category)
    n = np.where(named, skills.n[row, place], 0) if rules.n_categories else blank
    p = np.where(named, skills.p[row, place], 0.0) if rules.n_categories else blank.astype(float)
    back = (skills.away_days >= fallback.AWAY_DAYS) & (skills.answers > 0) & np.isfinite(skills.away_days)
    in_a_row = np.array([rule.days_in_a_row for rule in rules.types])[drafts.kind]
    truths = (
        (named, Claim.NAMES_CATEGORY),
        (~named, Claim.NAMES_NO_CATEGORY),
        ((drafts.reasons & int(Reason.NOT_LATELY)) > 0, Claim.NOT_LATELY),
        (n >= TEN, Claim.TEN_ANSWERS),
        ((drafts.reasons & int(Reason.MOST_TO_GAIN)) > 0, Claim.MOST_TO_GAIN),
        (np.broadcast_to(back[:, None], named.shape), Claim.AWAY),
        ((p >= KNOWN_P) & (n >= KNOWN_ANSWERS), Claim.KNOWN_WELL),
        (drafts.predicted >= completion.BAND_LOW, Claim.ON_COURSE),
        (np.full(named.shape, rules.answers_explained), Claim.ANSWERS_EXPLAINED),
        (in_a_row, Claim.IN_A_ROW),
        (~in_a_row, Claim.ANY_DAYS),
    )
    bits = np.zeros(named.shape, dtype=np.int64)
    for truth, claim in truths:
        bits |= np.where(truth, int(claim), 0)
    return bits
