"""The six kinds of challenges of the specification; XP, weights and ranges are its own.

A faultless round is counted in questions (3–12) instead of in rounds.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeSeed:
    code: str
    nb: str
    nn: str
    en: str
    base_xp: int
    ml_weight: float
    requirement: tuple[int, int]
    unit: str = "questions"
    scales: bool = True
    needs_category: bool = False


TYPES: tuple[TypeSeed, ...] = (
    TypeSeed(
        code="quiz",
        nb="Øvingsrunde",
        nn="Øvingsrunde",
        en="Practice round",
        base_xp=50,
        ml_weight=1.0,
        requirement=(3, 15),
    ),
    TypeSeed(
        code="perfect_score",
        nb="Null feil",
        nn="Null feil",
        en="No mistakes",
        base_xp=100,
        ml_weight=0.7,
        requirement=(3, 12),
        unit="round",
    ),
    TypeSeed(
        code="category_focus",
        nb="Tema i fokus",
        nn="Tema i fokus",
        en="Topic in focus",
        base_xp=75,
        ml_weight=1.2,
        requirement=(5, 20),
        needs_category=True,
    ),
    TypeSeed(
        code="streak",
        nb="Dager på rad",
        nn="Dagar på rad",
        en="Days in a row",
        base_xp=40,
        ml_weight=0.8,
        requirement=(2, 7),
        unit="days",
        scales=False,
    ),
    TypeSeed(
        code="accuracy_challenge",
        nb="Treffsikker",
        nn="Treffsikker",
        en="On target",
        base_xp=70,
        ml_weight=0.9,
        requirement=(10, 25),
        needs_category=True,
    ),
    TypeSeed(
        code="speed_challenge",
        nb="Mot klokka",
        nn="Mot klokka",
        en="Against the clock",
        base_xp=80,
        ml_weight=0.6,
        requirement=(5, 10),
    ),
)
