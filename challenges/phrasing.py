"""Which text a challenge gets: by lot among those whose claims are true of the learner; pure."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from challenges import completion, fallback
from challenges.drafts import Drafts, Recent
from challenges.reasons import Reason
from challenges.rules import Claim, Rules, WordingRule

if TYPE_CHECKING:
    from learners.api import SkillMatrix

TEN = 10
KNOWN_P, KNOWN_ANSWERS = 0.85, 20
NO_WORDING = -1
ORIGINS = {  # whose texts a challenge may have, first those of its own kind
    Drafts.ML: ("ml",),
    Drafts.FALLBACK: ("fallback",),
    Drafts.ONBOARDING: ("onboarding", "fallback"),
    Drafts.MANUAL: ("fallback",),
}


def word(drafts: Drafts, skills: "SkillMatrix", recent: Recent, rules: Rules, draws: NDArray[np.float64]) -> None:
    """Choose a text for every challenge and set the minutes that speed challenges ask.

    Neither yesterday's texts nor those of the day's earlier slots are said again while there is another true one.
    """
    _set_minutes(drafts, rules)
    true = _claims(drafts, skills, rules)
    drafts.wording[...] = NO_WORDING
    for slot in range(drafts.slots):
        said = np.concatenate([recent.yesterday, drafts.wording[:, :slot]], axis=1)
        for place, rule in enumerate(rules.types):
            texts = [text for text in rules.wordings if text.kind == rule.code]
            for source, origins in ORIGINS.items():
                here = np.flatnonzero((drafts.kind[:, slot] == place) & (drafts.source[:, slot] == source))
                if len(here):
                    groups = [[text for text in texts if text.origin == origin] for origin in origins]
                    chosen = _pick([*groups, texts], true[here, slot], said[here], draws[here, slot])
                    drafts.wording[here, slot] = chosen


def _pick(
    groups: list[list[WordingRule]], true: NDArray[np.int64], said: NDArray[np.int64], draw: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return a text per row: a new one of the first group that has a true one, else one already said; else none.

    The last group, any text of the type, serves only where the others have none at all.
    """
    chosen = np.full(len(true), NO_WORDING, dtype=np.int64)
    nothing = said[:, :0]
    for texts, heard in [*((group, said) for group in groups[:-1]), *((group, nothing) for group in groups)]:
        left = np.flatnonzero(chosen == NO_WORDING)
        if texts and len(left):
            chosen[left] = _among(texts, true[left], heard[left], draw[left])
    return chosen


def _among(
    texts: list[WordingRule], true: NDArray[np.int64], said: NDArray[np.int64], draw: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return a true text per row that is not among those ``said``, by lot; else none."""
    claims = np.array([text.claims for text in texts], dtype=np.int64)
    ids = np.array([text.id for text in texts], dtype=np.int64)
    fits = ((true[:, None] & claims) == claims) & ~(said[:, :, None] == ids).any(axis=1)
    count = fits.sum(axis=1)
    nth = np.minimum((draw * count).astype(np.int64), np.maximum(count - 1, 0))
    place = (fits.cumsum(axis=1) > nth[:, None]).argmax(axis=1)
    return np.where(count > 0, ids[place], NO_WORDING)


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
        ((drafts.reasons & int(Reason.DUE_FOR_REVIEW)) > 0, Claim.DUE),
    )
    bits = np.zeros(named.shape, dtype=np.int64)
    for truth, claim in truths:
        bits |= np.where(truth, int(claim), 0)
    return bits
