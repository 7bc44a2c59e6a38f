"""What challenges say. Each text is used only where its claims are true of the learner (``requires``).

Slots: kat and kat_def (the topic), n (requirement), d (days), r (right answers), min (minutes), pct (right lately).
A text with a topic is used for challenges that have one, a text without for those where every topic counts.
"""

from dataclasses import dataclass

Pair = tuple[str, str]  # title and text


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingSeed:
    kind: str
    origin: str
    nb: Pair
    nn: Pair
    en: Pair
    requires: tuple[str, ...] = ()


WORDINGS: tuple[WordingSeed, ...] = (
    WordingSeed(
        kind="quiz",
        origin="ml",
        nb=("Dagens runde: {kat}", "Svar på {n} spørsmål om {kat}. Det er en stund siden du øvde på dette."),
        nn=("Dagens runde: {kat}", "Svar på {n} spørsmål om {kat}. Det er ei stund sidan du øvde på dette."),
        en=(
            "Today's round: {kat}",
            "Answer {n} {n|question|questions} about {kat}. It's been a while since you practised this.",
        ),
        requires=("not_lately",),
    ),
    WordingSeed(
        kind="quiz",
        origin="ml",
        nb=("Dagens runde: {kat}", "Svar på {n} spørsmål om {kat}. En kort runde er nok."),
        nn=("Dagens runde: {kat}", "Svar på {n} spørsmål om {kat}. Ein kort runde er nok."),
        en=("Today's round: {kat}", "Answer {n} {n|question|questions} about {kat}. A short round is enough."),
    ),
    WordingSeed(
        kind="quiz",
        origin="ml",
        nb=("Øv litt på dette: {kat}", "{n} spørsmål om {kat} i dag."),
        nn=("Øv litt på dette: {kat}", "{n} spørsmål om {kat} i dag."),
        en=("Some practice: {kat}", "{n} {n|question|questions} about {kat} today."),
    ),
    WordingSeed(
        kind="quiz",
        origin="fallback",
        nb=("Øvingsrunde: {kat}", "Svar på {n} spørsmål om {kat}."),
        nn=("Øvingsrunde: {kat}", "Svar på {n} spørsmål om {kat}."),
        en=("Practice round: {kat}", "Answer {n} {n|question|questions} about {kat}."),
    ),
    WordingSeed(
        kind="quiz",
        origin="fallback",
        nb=("Godt å se deg igjen", "Start rolig med {n} spørsmål fra temaer du kjenner."),
        nn=("Godt å sjå deg igjen", "Start roleg med {n} spørsmål frå tema du kjenner."),
        en=("Good to see you again", "Ease in with {n} {n|question|questions} on topics you know."),
        requires=("away",),
    ),
    WordingSeed(
        kind="quiz",
        origin="fallback",
        nb=("Dagens øvingsrunde", "Svar på {n} spørsmål. Alle temaer teller."),
        nn=("Øvingsrunden i dag", "Svar på {n} spørsmål. Alle tema tel."),
        en=("Today's practice round", "Answer {n} {n|question|questions}. Every topic counts."),
    ),
    WordingSeed(
        kind="perfect_score",
        origin="ml",
        nb=(
            "Null feil: {kat}",
            "Du har svart riktig på {pct} % i det siste. Klarer du alle de {n} spørsmålene uten feil?",
        ),
        nn=(
            "Null feil: {kat}",
            "Du har svart rett på {pct} % i det siste. Klarer du alle dei {n} spørsmåla utan feil?",
        ),
        en=(
            "No mistakes: {kat}",
            "You've got {pct}% right lately. Can you get all {n} {n|question|questions} right?",
        ),
        requires=("n_at_least_10",),
    ),
    WordingSeed(
        kind="perfect_score",
        origin="ml",
        nb=("Null feil: {kat}", "Klarer du alle de {n} spørsmålene i én runde? Du kan prøve flere ganger."),
        nn=("Null feil: {kat}", "Klarer du alle dei {n} spørsmåla i éin runde? Du kan prøve fleire gonger."),
        en=(
            "No mistakes: {kat}",
            "Can you get all {n} {n|question|questions} right in one round? You may try more than once.",
        ),
    ),
    WordingSeed(
        kind="perfect_score",
        origin="fallback",
        nb=("Full pott", "Svar riktig på alle de {n} spørsmålene i én runde."),
        nn=("Full pott", "Svar rett på alle dei {n} spørsmåla i éin runde."),
        en=("Full marks", "Get all {n} {n|question|questions} right in one round."),
    ),
    WordingSeed(
        kind="category_focus",
        origin="ml",
        nb=(
            "Bli tryggere: {kat}",
            "Her har du mest å hente nå: {n} spørsmål om {kat}, med forklaring etter hvert svar.",
        ),
        nn=(
            "Bli tryggare: {kat}",
            "Her har du mest å hente no: {n} spørsmål om {kat}, med forklaring etter kvart svar.",
        ),
        en=(
            "Build confidence: {kat}",
            "You have most to gain here right now: {n} {n|question|questions} on {kat}, each with an explanation.",
        ),
        requires=("most_to_gain", "n_at_least_10", "answers_explained"),
    ),
    WordingSeed(
        kind="category_focus",
        origin="ml",
        nb=("Bli tryggere: {kat}", "Her har du mest å hente nå: {n} spørsmål om {kat}."),
        nn=("Bli tryggare: {kat}", "Her har du mest å hente no: {n} spørsmål om {kat}."),
        en=("Build confidence: {kat}", "You have most to gain here right now: {n} {n|question|questions} on {kat}."),
        requires=("most_to_gain", "n_at_least_10"),
    ),
    WordingSeed(
        kind="category_focus",
        origin="ml",
        nb=("I dag: {kat}", "Ta {n} spørsmål om {kat} i ditt eget tempo."),
        nn=("I dag: {kat}", "Ta {n} spørsmål om {kat} i ditt eige tempo."),
        en=("Today: {kat}", "Take {n} {n|question|questions} on {kat} at your own pace."),
    ),
    WordingSeed(
        kind="category_focus",
        origin="fallback",
        nb=("Repeter {kat_def}", "Bli kjent med temaet gjennom {n} spørsmål."),
        nn=("Repeter {kat_def}", "Bli kjend med temaet gjennom {n} spørsmål."),
        en=("Review: {kat}", "Get to know the topic with {n} {n|question|questions}."),
    ),
    WordingSeed(
        kind="streak",
        origin="ml",
        nb=("{d} {d|dag|dager} på rad?", "Start i dag. En kort runde om dagen er nok."),
        nn=("{d} {d|dag|dagar} på rad?", "Start i dag. Ein kort runde om dagen er nok."),
        en=("{d} {d|day|days} in a row?", "Start today. One short round a day is enough."),
        requires=("in_a_row",),
    ),
    WordingSeed(
        kind="streak",
        origin="fallback",
        nb=("Øv {d} {d|dag|dager} på rad", "Du har sju dager på deg. Én kort runde om dagen teller."),
        nn=("Øv {d} {d|dag|dagar} på rad", "Du har sju dagar på deg. Éin kort runde om dagen tel."),
        en=("Practise {d} {d|day|days} in a row", "You have seven days. One short round a day counts."),
        requires=("in_a_row",),
    ),
    WordingSeed(
        kind="streak",
        origin="fallback",
        nb=("Øv {d} {d|dag|dager} denne uka", "Velg dagene selv. Én kort runde om dagen teller."),
        nn=("Øv {d} {d|dag|dagar} denne veka", "Vel dagane sjølv. Éin kort runde om dagen tel."),
        en=("Practise on {d} {d|day|days} this week", "You pick the days. One short round a day counts."),
        requires=("any_days",),
    ),
    WordingSeed(
        kind="accuracy_challenge",
        origin="ml",
        nb=("Hold nivået: {kat}", "Få minst {r} av {n} riktige. Du ligger an til å klare det."),
        nn=("Hald nivået: {kat}", "Få minst {r} av {n} rette. Du ligg an til å klare det."),
        en=("Keep your level: {kat}", "Get at least {r} of {n} right. You're on course for it."),
        requires=("on_course", "n_at_least_10"),
    ),
    WordingSeed(
        kind="accuracy_challenge",
        origin="ml",
        nb=("Treffsikker: {kat}", "Svar riktig på minst {r} av {n} spørsmål om {kat}. Ta deg den tiden du trenger."),
        nn=("Treffsikker: {kat}", "Svar rett på minst {r} av {n} spørsmål om {kat}. Ta deg den tida du treng."),
        en=("On target: {kat}", "Answer at least {r} of {n} questions about {kat} right. Take the time you need."),
    ),
    WordingSeed(
        kind="accuracy_challenge",
        origin="fallback",
        nb=("Minst {r} av {n}", "Svar riktig på minst {r} av {n} spørsmål. Ta deg den tiden du trenger."),
        nn=("Minst {r} av {n}", "Svar rett på minst {r} av {n} spørsmål. Ta deg den tida du treng."),
        en=("At least {r} of {n}", "Answer at least {r} of {n} questions right. Take the time you need."),
    ),
    WordingSeed(
        kind="speed_challenge",
        origin="ml",
        nb=(
            "Raskere, men riktig",
            "Dette kan du godt: {kat}. Klarer du {n} spørsmål på {min} {min|minutt|minutter}, med minst {r} riktige?",
        ),
        nn=(
            "Raskare, men rett",
            "Dette kan du godt: {kat}. Klarer du {n} spørsmål på {min} minutt, med minst {r} rette?",
        ),
        en=(
            "Faster, but right",
            "You know this well: {kat}. Can you do {n} {n|question|questions} in {min} {min|minute|minutes} "
            "with at least {r} right?",
        ),
        requires=("known_well",),
    ),
    WordingSeed(
        kind="speed_challenge",
        origin="ml",
        nb=("Riktig og raskt: {kat}", "{n} spørsmål på {min} {min|minutt|minutter}, minst {r} riktige."),
        nn=("Rett og raskt: {kat}", "{n} spørsmål på {min} minutt, minst {r} rette."),
        en=(
            "Right and fast: {kat}",
            "{n} {n|question|questions} in {min} {min|minute|minutes}, at least {r} right.",
        ),
    ),
    WordingSeed(
        kind="speed_challenge",
        origin="fallback",
        nb=(
            "Mot klokka",
            "{n} spørsmål på {min} {min|minutt|minutter}, minst {r} riktige. Bare riktige svar teller.",
        ),
        nn=("Mot klokka", "{n} spørsmål på {min} minutt, minst {r} rette. Berre rette svar tel."),
        en=(
            "Against the clock",
            "{n} {n|question|questions} in {min} {min|minute|minutes}, at least {r} right. Only right answers count.",
        ),
    ),
)
