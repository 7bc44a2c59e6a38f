"""The default prices: the original service's rows, with the limits that keep repetition from paying for ever."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceSeed:
    """A default price; amounts are decimal text."""

    code: str
    nb: str
    nn: str
    en: str
    base: str = "0"
    scale: str = "0"
    most: int | None = None
    daily_cap: int | None = None
    full_times: int | None = None


PRICES: tuple[PriceSeed, ...] = (
    PriceSeed(
        code="question_correct",
        nb="Riktig svar",
        nn="Rett svar",
        en="Right answer",
        base="2",
        full_times=100,  # a hundred at 2 XP, a hundred at 1, then none: an hour or two of work, not of clicking
    ),
    PriceSeed(
        code="quiz_complete",
        nb="Fullført runde",
        nn="Fullført runde",
        en="Finished round",
        base="5",
        scale="0.5",
        most=50,
        full_times=10,
    ),
    PriceSeed(
        code="quiz_perfect",
        nb="Feilfri runde",
        nn="Feilfri runde",
        en="Faultless round",
        scale="1.5",
        most=100,
        full_times=10,
    ),
    PriceSeed(
        code="question_streak_5",
        nb="Fem riktige på rad",
        nn="Fem rette på rad",
        en="Five right in a row",
        base="5",
        daily_cap=50,
    ),
    PriceSeed(
        code="question_streak_10",
        nb="Ti riktige på rad",
        nn="Ti rette på rad",
        en="Ten right in a row",
        base="15",
        daily_cap=75,
    ),
    PriceSeed(
        code="daily_login", nb="Dagens første øving", nn="Den første øvinga i dag", en="First practice today", base="5"
    ),
    PriceSeed(
        code="daily_challenge", nb="Dagens utfordring", nn="Utfordringa i dag", en="Daily challenge", base="25", most=75
    ),
    PriceSeed(code="video_complete", nb="Sett video", nn="Sett video", en="Watched video", scale="2", most=30),
    PriceSeed(
        code="learning_path_complete",
        nb="Fullført læringssti",
        nn="Fullført læringssti",
        en="Finished learning path",
        base="100",
    ),
    PriceSeed(
        code="tournament_participation",
        nb="Deltatt i turnering",
        nn="Delteke i turnering",
        en="Took part in a tournament",
        base="20",
    ),
    PriceSeed(
        code="tournament_top3", nb="Blant de tre beste", nn="Blant dei tre beste", en="Among the best three", base="100"
    ),
    PriceSeed(code="tournament_win", nb="Vunnet turnering", nn="Vunne turnering", en="Won a tournament", base="250"),
    PriceSeed(
        code="friend_challenge_win",
        nb="Vunnet over en venn",
        nn="Vunne over ein ven",
        en="Won against a friend",
        base="30",
    ),
    PriceSeed(code="achievement_unlock", nb="Oppnåelse", nn="Oppnådd merke", en="Achievement"),
)
