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
        origin="ml",
        nb=("Dagens tema: {kat}", "Svar på {n} spørsmål i ditt eget tempo."),
        nn=("Dagens tema: {kat}", "Svar på {n} spørsmål i ditt eige tempo."),
        en=("Today's topic: {kat}", "Answer {n} {n|question|questions} at your own pace."),
    ),
    WordingSeed(
        kind="quiz",
        origin="ml",
        nb=("En liten runde: {kat}", "Ta {n} spørsmål når det passer deg i dag."),
        nn=("Ein liten runde: {kat}", "Ta {n} spørsmål når det passar deg i dag."),
        en=("A small round: {kat}", "Take {n} {n|question|questions} whenever it suits you today."),
    ),
    WordingSeed(
        kind="quiz",
        origin="ml",
        nb=("Litt om gangen: {kat}", "Svar på {n} spørsmål om {kat}. Ta gjerne en pause underveis."),
        nn=("Litt om gongen: {kat}", "Svar på {n} spørsmål om {kat}. Ta gjerne ein pause undervegs."),
        en=(
            "A little at a time: {kat}",
            "Answer {n} {n|question|questions} about {kat}. Take a break along the way if you like.",
        ),
    ),
    WordingSeed(
        kind="quiz",
        origin="ml",
        nb=("På tide å repetere: {kat}", "Frisk opp det du kan om {kat}, med {n} spørsmål."),
        nn=("På tide å repetere: {kat}", "Frisk opp det du kan om {kat}, med {n} spørsmål."),
        en=("Time to review: {kat}", "Refresh what you know about {kat} with {n} {n|question|questions}."),
        requires=("due",),
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
        kind="quiz",
        origin="fallback",
        nb=("Dagens øving: {kat}", "Ta {n} spørsmål om {kat} når det passer deg."),
        nn=("Øving i dag: {kat}", "Ta {n} spørsmål om {kat} når det passar deg."),
        en=("Today's practice: {kat}", "Take {n} {n|question|questions} about {kat} whenever it suits you."),
    ),
    WordingSeed(
        kind="quiz",
        origin="fallback",
        nb=("Prøv deg: {kat}", "Svar på {n} spørsmål om {kat}, uten tidspress."),
        nn=("Prøv deg: {kat}", "Svar på {n} spørsmål om {kat}, utan tidspress."),
        en=("Have a go: {kat}", "Answer {n} {n|question|questions} about {kat}, with no time limit."),
    ),
    WordingSeed(
        kind="quiz",
        origin="fallback",
        nb=("Se hva du kan: {kat}", "Svar på {n} spørsmål om {kat} i ditt eget tempo."),
        nn=("Sjå kva du kan: {kat}", "Svar på {n} spørsmål om {kat} i ditt eige tempo."),
        en=("See what you know: {kat}", "Answer {n} {n|question|questions} about {kat} at your own pace."),
    ),
    WordingSeed(
        kind="quiz",
        origin="fallback",
        nb=("Litt øving: {kat}", "Svar på {n} spørsmål om {kat}. Ta gjerne en pause underveis."),
        nn=("Litt øving: {kat}", "Svar på {n} spørsmål om {kat}. Ta gjerne ein pause undervegs."),
        en=(
            "A little practice: {kat}",
            "Answer {n} {n|question|questions} about {kat}. Take a break along the way if you like.",
        ),
    ),
    WordingSeed(
        kind="quiz",
        origin="fallback",
        nb=("Kort runde: {kat}", "Ta {n} spørsmål om {kat}. Bruk den tiden du trenger."),
        nn=("Kort runde: {kat}", "Ta {n} spørsmål om {kat}. Bruk den tida du treng."),
        en=("Short round: {kat}", "Take {n} {n|question|questions} about {kat}. Use the time you need."),
    ),
    WordingSeed(
        kind="quiz",
        origin="fallback",
        nb=("En runde i dag", "Svar på {n} spørsmål. Du velger tema selv."),
        nn=("Ein runde i dag", "Svar på {n} spørsmål. Du vel tema sjølv."),
        en=("A round today", "Answer {n} {n|question|questions}. You choose the topic."),
    ),
    WordingSeed(
        kind="quiz",
        origin="fallback",
        nb=("Litt av hvert", "Ta {n} spørsmål fra temaene du har lyst til å øve på."),
        nn=("Litt av kvart", "Ta {n} spørsmål frå temaa du har lyst til å øve på."),
        en=("A bit of everything", "Take {n} {n|question|questions} on the topics you feel like practising."),
    ),
    WordingSeed(
        kind="quiz",
        origin="fallback",
        nb=("Øv litt i dag", "Svar på {n} spørsmål når det passer deg. Alle temaer teller."),
        nn=("Øv litt i dag", "Svar på {n} spørsmål når det passar deg. Alle tema tel."),
        en=("Practise a little today", "Answer {n} {n|question|questions} whenever it suits you. Every topic counts."),
    ),
    WordingSeed(
        kind="quiz",
        origin="onboarding",
        nb=("Kom i gang: {kat}", "Svar på {n} spørsmål, så ser vi hva som passer deg."),
        nn=("Kom i gang: {kat}", "Svar på {n} spørsmål, så ser vi kva som passar deg."),
        en=("Get started: {kat}", "Answer {n} {n|question|questions}, and we'll see what suits you."),
    ),
    WordingSeed(
        kind="quiz",
        origin="onboarding",
        nb=("En liten start: {kat}", "Start med {n} spørsmål om {kat}. Det går ikke på tid."),
        nn=("Ein liten start: {kat}", "Start med {n} spørsmål om {kat}. Det går ikkje på tid."),
        en=("A small start: {kat}", "Begin with {n} {n|question|questions} about {kat}. There's no time limit."),
    ),
    WordingSeed(
        kind="quiz",
        origin="onboarding",
        nb=("Bli kjent med temaet: {kat}", "Svar på {n} spørsmål. Svarene hjelper oss å velge øving til deg."),
        nn=("Bli kjend med temaet: {kat}", "Svar på {n} spørsmål. Svara hjelper oss å velje øving til deg."),
        en=(
            "Get to know the topic: {kat}",
            "Answer {n} {n|question|questions}. Your answers help us choose practice for you.",
        ),
    ),
    WordingSeed(
        kind="quiz",
        origin="onboarding",
        nb=("Føl deg fram: {kat}", "Ta {n} spørsmål om {kat}. Alle svar er til nytte, også de som blir feil."),
        nn=("Føl deg fram: {kat}", "Ta {n} spørsmål om {kat}. Alle svar er til nytte, også dei som blir feil."),
        en=(
            "Feel your way: {kat}",
            "Take {n} {n|question|questions} about {kat}. Every answer helps, the wrong ones too.",
        ),
    ),
    WordingSeed(
        kind="quiz",
        origin="onboarding",
        nb=("Kom i gang", "Svar på {n} spørsmål, så ser vi hva som passer deg."),
        nn=("Kom i gang", "Svar på {n} spørsmål, så ser vi kva som passar deg."),
        en=("Get started", "Answer {n} {n|question|questions}, and we'll see what suits you."),
    ),
    WordingSeed(
        kind="quiz",
        origin="onboarding",
        nb=("En liten start", "Start med {n} spørsmål. Du velger tema selv."),
        nn=("Ein liten start", "Start med {n} spørsmål. Du vel tema sjølv."),
        en=("A small start", "Begin with {n} {n|question|questions}. You choose the topic."),
    ),
    WordingSeed(
        kind="perfect_score",
        origin="ml",
        nb=(
            "Null feil: {kat}",
            "Du har svart riktig på {pct} % i det siste. Ta {n} spørsmål i én runde. Klarer du "
            "{n|spørsmålet|alle spørsmålene} uten feil?",
        ),
        nn=(
            "Null feil: {kat}",
            "Du har svart rett på {pct} % i det siste. Ta {n} spørsmål i éin runde. Klarer du "
            "{n|spørsmålet|alle spørsmåla} utan feil?",
        ),
        en=(
            "No mistakes: {kat}",
            "You've got {pct}% right lately. Take {n} {n|question|questions} in one round. Can you "
            "get {n|it|them all} right?",
        ),
        requires=("n_at_least_10",),
    ),
    WordingSeed(
        kind="perfect_score",
        origin="ml",
        nb=(
            "Null feil: {kat}",
            "Ta {n} spørsmål i én runde. Klarer du {n|spørsmålet|alle spørsmålene} uten feil? Du kan "
            "prøve flere ganger.",
        ),
        nn=(
            "Null feil: {kat}",
            "Ta {n} spørsmål i éin runde. Klarer du {n|spørsmålet|alle spørsmåla} utan feil? Du kan "
            "prøve fleire gonger.",
        ),
        en=(
            "No mistakes: {kat}",
            "Take {n} {n|question|questions} in one round. Can you get {n|it|them all} right? You "
            "may try more than once.",
        ),
    ),
    WordingSeed(
        kind="perfect_score",
        origin="ml",
        nb=("Uten feil: {kat}", "Svar riktig på {n} spørsmål om {kat} i samme runde."),
        nn=("Utan feil: {kat}", "Svar rett på {n} spørsmål om {kat} i same runde."),
        en=("Flawless: {kat}", "Get {n} {n|question|questions} about {kat} right in the same round."),
    ),
    WordingSeed(
        kind="perfect_score",
        origin="ml",
        nb=("Full pott: {kat}", "Målet er {n} spørsmål uten feil i én runde. Du kan prøve på nytt."),
        nn=("Full pott: {kat}", "Målet er {n} spørsmål utan feil i éin runde. Du kan prøve på nytt."),
        en=(
            "Full marks: {kat}",
            "Aim for {n} {n|question|questions} without a mistake in one round. You can try again.",
        ),
    ),
    WordingSeed(
        kind="perfect_score",
        origin="ml",
        nb=("Rolig og riktig: {kat}", "Les nøye, og svar riktig på {n} spørsmål i én runde."),
        nn=("Roleg og rett: {kat}", "Les nøye, og svar rett på {n} spørsmål i éin runde."),
        en=("Calm and right: {kat}", "Read carefully, and get {n} {n|question|questions} right in one round."),
    ),
    WordingSeed(
        kind="perfect_score",
        origin="fallback",
        nb=("Full pott", "Svar riktig på {n} spørsmål i én runde, uten feil."),
        nn=("Full pott", "Svar rett på {n} spørsmål i éin runde, utan feil."),
        en=("Full marks", "Get {n} {n|question|questions} right in one round, without a mistake."),
    ),
    WordingSeed(
        kind="perfect_score",
        origin="fallback",
        nb=(
            "Null feil",
            "Ta {n} spørsmål i én runde. Klarer du {n|spørsmålet|alle spørsmålene} uten feil? Du kan "
            "prøve flere ganger.",
        ),
        nn=(
            "Null feil",
            "Ta {n} spørsmål i éin runde. Klarer du {n|spørsmålet|alle spørsmåla} utan feil? Du kan "
            "prøve fleire gonger.",
        ),
        en=(
            "No mistakes",
            "Take {n} {n|question|questions} in one round. Can you get {n|it|them all} right? You "
            "may try more than once.",
        ),
    ),
    WordingSeed(
        kind="perfect_score",
        origin="fallback",
        nb=("Rolig og riktig", "Les nøye, og svar riktig på {n} spørsmål i samme runde."),
        nn=("Roleg og rett", "Les nøye, og svar rett på {n} spørsmål i same runde."),
        en=("Calm and right", "Read carefully, and get {n} {n|question|questions} right in the same round."),
    ),
    WordingSeed(
        kind="perfect_score",
        origin="fallback",
        nb=("En feilfri runde", "Du velger tema. Målet er {n} spørsmål uten feil i én runde."),
        nn=("Ein feilfri runde", "Du vel tema. Målet er {n} spørsmål utan feil i éin runde."),
        en=(
            "A flawless round",
            "You choose the topic. Aim for {n} {n|question|questions} without a mistake in one round.",
        ),
    ),
    WordingSeed(
        kind="perfect_score",
        origin="fallback",
        nb=("Feilfri runde: {kat}", "Svar riktig på {n} spørsmål om {kat} i én runde."),
        nn=("Feilfri runde: {kat}", "Svar rett på {n} spørsmål om {kat} i éin runde."),
        en=("Flawless round: {kat}", "Get {n} {n|question|questions} about {kat} right in one round."),
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
            "You have most to gain here right now: {n} {n|question|questions} on {kat}, with an "
            "explanation after each answer.",
        ),
        requires=(
            "most_to_gain",
            "n_at_least_10",
            "answers_explained",
        ),
    ),
    WordingSeed(
        kind="category_focus",
        origin="ml",
        nb=("Bli tryggere: {kat}", "Her har du mest å hente nå: {n} spørsmål om {kat}."),
        nn=("Bli tryggare: {kat}", "Her har du mest å hente no: {n} spørsmål om {kat}."),
        en=("Build confidence: {kat}", "You have most to gain here right now: {n} {n|question|questions} on {kat}."),
        requires=(
            "most_to_gain",
            "n_at_least_10",
        ),
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
        origin="ml",
        nb=("Fokus i dag: {kat}", "Svar på {n} spørsmål om ett og samme tema."),
        nn=("Fokus i dag: {kat}", "Svar på {n} spørsmål om eitt og same tema."),
        en=("Today's focus: {kat}", "Answer {n} {n|question|questions} on one and the same topic."),
    ),
    WordingSeed(
        kind="category_focus",
        origin="ml",
        nb=("Ett tema om gangen: {kat}", "Øv på {n} spørsmål om {kat} i dag."),
        nn=("Eitt tema om gongen: {kat}", "Øv på {n} spørsmål om {kat} i dag."),
        en=("One topic at a time: {kat}", "Practise {n} {n|question|questions} about {kat} today."),
    ),
    WordingSeed(
        kind="category_focus",
        origin="ml",
        nb=("Repeter {kat_def}", "Gå gjennom {n} spørsmål, og legg merke til hva du lurer på."),
        nn=("Repeter {kat_def}", "Gå gjennom {n} spørsmål, og legg merke til kva du lurer på."),
        en=("Review: {kat}", "Go through {n} {n|question|questions}, and notice what you wonder about."),
    ),
    WordingSeed(
        kind="category_focus",
        origin="ml",
        nb=("Tema for i dag: {kat}", "Ta {n} spørsmål. Du kan stoppe når du vil og fortsette senere i dag."),
        nn=("Tema for i dag: {kat}", "Ta {n} spørsmål. Du kan stoppe når du vil og halde fram seinare i dag."),
        en=(
            "Topic of the day: {kat}",
            "Take {n} {n|question|questions}. You can stop whenever you like and go on later today.",
        ),
    ),
    WordingSeed(
        kind="category_focus",
        origin="ml",
        nb=("Frisk opp: {kat}", "Noe kan ha bleknet siden sist. Ta {n} spørsmål om {kat}."),
        nn=("Frisk opp: {kat}", "Noko kan ha bleikna sidan sist. Ta {n} spørsmål om {kat}."),
        en=("Refresh: {kat}", "Some of it may have faded since last time. Take {n} {n|question|questions} on {kat}."),
        requires=("due",),
    ),
    WordingSeed(
        kind="category_focus",
        origin="fallback",
        nb=("Repeter {kat_def}", "Bli kjent med temaet gjennom {n} spørsmål."),
        nn=("Repeter {kat_def}", "Bli kjend med temaet gjennom {n} spørsmål."),
        en=("Review: {kat}", "Get to know the topic with {n} {n|question|questions}."),
    ),
    WordingSeed(
        kind="category_focus",
        origin="fallback",
        nb=("Tema i fokus: {kat}", "Svar på {n} spørsmål om {kat}."),
        nn=("Tema i fokus: {kat}", "Svar på {n} spørsmål om {kat}."),
        en=("Topic in focus: {kat}", "Answer {n} {n|question|questions} about {kat}."),
    ),
    WordingSeed(
        kind="category_focus",
        origin="fallback",
        nb=("Ett tema i dag: {kat}", "Ta {n} spørsmål i ditt eget tempo."),
        nn=("Eitt tema i dag: {kat}", "Ta {n} spørsmål i ditt eige tempo."),
        en=("One topic today: {kat}", "Take {n} {n|question|questions} at your own pace."),
    ),
    WordingSeed(
        kind="category_focus",
        origin="fallback",
        nb=("Ett tema, {n} spørsmål", "Dagens tema er {kat}. Ta deg god tid."),
        nn=("Eitt tema, {n} spørsmål", "Temaet i dag er {kat}. Ta deg god tid."),
        en=("One topic, {n} {n|question|questions}", "Today's topic: {kat}. Take your time."),
    ),
    WordingSeed(
        kind="category_focus",
        origin="fallback",
        nb=("Øv på ett tema: {kat}", "Ta {n} spørsmål om {kat} når det passer deg i dag."),
        nn=("Øv på eitt tema: {kat}", "Ta {n} spørsmål om {kat} når det passar deg i dag."),
        en=("Practise one topic: {kat}", "Take {n} {n|question|questions} about {kat} whenever it suits you today."),
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
        origin="ml",
        nb=("Litt hver dag", "Ta en kort runde {d} {d|dag|dager} på rad, når det passer deg."),
        nn=("Litt kvar dag", "Ta ein kort runde {d} {d|dag|dagar} på rad, når det passar deg."),
        en=("A little every day", "Do a short round {d} {d|day|days} in a row, whenever it suits you."),
        requires=("in_a_row",),
    ),
    WordingSeed(
        kind="streak",
        origin="ml",
        nb=("Øv jevnt", "Øv litt {d} {d|dag|dager} på rad. Du har sju dager på deg."),
        nn=("Øv jamt", "Øv litt {d} {d|dag|dagar} på rad. Du har sju dagar på deg."),
        en=("Keep a steady pace", "Practise a little {d} {d|day|days} in a row. You have seven days."),
        requires=("in_a_row",),
    ),
    WordingSeed(
        kind="streak",
        origin="ml",
        nb=("Øv {d} {d|dag|dager} på rad", "Alle temaer teller, og ett svar om dagen er nok."),
        nn=("Øv {d} {d|dag|dagar} på rad", "Alle tema tel, og eitt svar om dagen er nok."),
        en=("Practise {d} {d|day|days} in a row", "Every topic counts, and one answer a day is enough."),
        requires=("in_a_row",),
    ),
    WordingSeed(
        kind="streak",
        origin="ml",
        nb=("{d} {d|dag|dager} av sju", "Velg dagene selv. En kort runde om dagen er nok."),
        nn=("{d} {d|dag|dagar} av sju", "Vel dagane sjølv. Ein kort runde om dagen er nok."),
        en=("{d} {d|day|days} out of seven", "You pick the days. One short round a day is enough."),
        requires=("any_days",),
    ),
    WordingSeed(
        kind="streak",
        origin="ml",
        nb=("Når det passer deg", "Øv litt på {d} {d|dag|dager} i løpet av de neste sju."),
        nn=("Når det passar deg", "Øv litt på {d} {d|dag|dagar} i løpet av dei neste sju."),
        en=("When it suits you", "Practise a little on {d} {d|day|days} of the next seven."),
        requires=("any_days",),
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
        nb=("Velg {d} {d|dag|dager}", "Du har sju dager på deg, og én kort runde om dagen teller."),
        nn=("Vel {d} {d|dag|dagar}", "Du har sju dagar på deg, og éin kort runde om dagen tel."),
        en=("Pick {d} {d|day|days}", "You have seven days, and one short round a day counts."),
        requires=("any_days",),
    ),
    WordingSeed(
        kind="streak",
        origin="fallback",
        nb=("Dag for dag", "Ta en kort runde {d} {d|dag|dager} på rad."),
        nn=("Dag for dag", "Ta ein kort runde {d} {d|dag|dagar} på rad."),
        en=("Day by day", "Do a short round {d} {d|day|days} in a row."),
        requires=("in_a_row",),
    ),
    WordingSeed(
        kind="streak",
        origin="fallback",
        nb=("Små steg", "Øv litt {d} {d|dag|dager} på rad. Du velger tema selv."),
        nn=("Små steg", "Øv litt {d} {d|dag|dagar} på rad. Du vel tema sjølv."),
        en=("Small steps", "Practise a little {d} {d|day|days} in a row. You choose the topics."),
        requires=("in_a_row",),
    ),
    WordingSeed(
        kind="streak",
        origin="fallback",
        nb=("{d} {d|dag|dager} på rad", "Én runde om dagen er nok, uansett tema."),
        nn=("{d} {d|dag|dagar} på rad", "Éin runde om dagen er nok, uansett tema."),
        en=("{d} {d|day|days} in a row", "One round a day is enough, whatever the topic."),
        requires=("in_a_row",),
    ),
    WordingSeed(
        kind="streak",
        origin="fallback",
        nb=("Noen dager til å øve", "Øv litt på {d} {d|dag|dager} i løpet av de neste sju."),
        nn=("Nokre dagar til å øve", "Øv litt på {d} {d|dag|dagar} i løpet av dei neste sju."),
        en=("Some days to practise", "Practise a little on {d} {d|day|days} of the next seven."),
        requires=("any_days",),
    ),
    WordingSeed(
        kind="accuracy_challenge",
        origin="ml",
        nb=("Hold nivået: {kat}", "Svar riktig på minst {r} av {n} spørsmål. Du ligger an til å klare det."),
        nn=("Hald nivået: {kat}", "Svar rett på minst {r} av {n} spørsmål. Du ligg an til å klare det."),
        en=("Keep your level: {kat}", "Get at least {r} of {n} right. You're on course for it."),
        requires=(
            "on_course",
            "n_at_least_10",
        ),
    ),
    WordingSeed(
        kind="accuracy_challenge",
        origin="ml",
        nb=("Treffsikker: {kat}", "Svar riktig på minst {r} av {n} spørsmål om {kat}. Ta deg den tiden du trenger."),
        nn=("Treffsikker: {kat}", "Svar rett på minst {r} av {n} spørsmål om {kat}. Ta deg den tida du treng."),
        en=(
            "On target: {kat}",
            "Get at least {r} of {n} {n|question|questions} about {kat} right. Take the time you need.",
        ),
    ),
    WordingSeed(
        kind="accuracy_challenge",
        origin="ml",
        nb=("Sikre svar: {kat}", "Målet er minst {r} {r|riktig|riktige} av {n}. Les nøye før du svarer."),
        nn=("Sikre svar: {kat}", "Målet er minst {r} {r|rett|rette} av {n}. Les nøye før du svarer."),
        en=("Solid answers: {kat}", "Aim for at least {r} of {n} right. Read carefully before you answer."),
    ),
    WordingSeed(
        kind="accuracy_challenge",
        origin="ml",
        nb=("Tenk først: {kat}", "Svar riktig på minst {r} av {n} spørsmål om {kat}."),
        nn=("Tenk først: {kat}", "Svar rett på minst {r} av {n} spørsmål om {kat}."),
        en=("Think first: {kat}", "Get at least {r} of {n} {n|question|questions} about {kat} right."),
    ),
    WordingSeed(
        kind="accuracy_challenge",
        origin="ml",
        nb=("God tid, gode svar: {kat}", "Få minst {r} {r|riktig|riktige} av {n}. Du kan prøve flere ganger i dag."),
        nn=("God tid, gode svar: {kat}", "Få minst {r} {r|rett|rette} av {n}. Du kan prøve fleire gonger i dag."),
        en=("Unhurried and right: {kat}", "Get at least {r} of {n} right. You may try more than once today."),
    ),
    WordingSeed(
        kind="accuracy_challenge",
        origin="fallback",
        nb=("Minst {r} av {n}", "Svar riktig på minst {r} av {n} spørsmål. Ta deg den tiden du trenger."),
        nn=("Minst {r} av {n}", "Svar rett på minst {r} av {n} spørsmål. Ta deg den tida du treng."),
        en=("At least {r} of {n}", "Get at least {r} of {n} {n|question|questions} right. Take the time you need."),
    ),
    WordingSeed(
        kind="accuracy_challenge",
        origin="fallback",
        nb=("Sikre svar", "Målet er minst {r} {r|riktig|riktige} av {n}. Du velger tema selv."),
        nn=("Sikre svar", "Målet er minst {r} {r|rett|rette} av {n}. Du vel tema sjølv."),
        en=("Solid answers", "Aim for at least {r} of {n} right. You choose the topic."),
    ),
    WordingSeed(
        kind="accuracy_challenge",
        origin="fallback",
        nb=("Les, tenk og svar", "Svar riktig på minst {r} av {n} spørsmål i dag."),
        nn=("Les, tenk og svar", "Svar rett på minst {r} av {n} spørsmål i dag."),
        en=("Read, think, answer", "Get at least {r} of {n} {n|question|questions} right today."),
    ),
    WordingSeed(
        kind="accuracy_challenge",
        origin="fallback",
        nb=("God tid, gode svar", "Få minst {r} {r|riktig|riktige} av {n}. Du kan prøve flere ganger."),
        nn=("God tid, gode svar", "Få minst {r} {r|rett|rette} av {n}. Du kan prøve fleire gonger."),
        en=("Unhurried and right", "Get at least {r} of {n} right. You may try more than once."),
    ),
    WordingSeed(
        kind="accuracy_challenge",
        origin="fallback",
        nb=("Minst {r} av {n}: {kat}", "Svar riktig på minst {r} av {n} spørsmål om {kat}."),
        nn=("Minst {r} av {n}: {kat}", "Svar rett på minst {r} av {n} spørsmål om {kat}."),
        en=("At least {r} of {n}: {kat}", "Get at least {r} of {n} {n|question|questions} about {kat} right."),
    ),
    WordingSeed(
        kind="speed_challenge",
        origin="ml",
        nb=(
            "Raskere, men riktig",
            "Dette kan du godt: {kat}. Klarer du {n} spørsmål på {min} {min|minutt|minutter}, med "
            "minst {r} {r|riktig|riktige}?",
        ),
        nn=(
            "Raskare, men rett",
            "Dette kan du godt: {kat}. Klarer du {n} spørsmål på {min} minutt, med minst {r} {r|rett|rette}?",
        ),
        en=(
            "Faster, but right",
            "You know this well: {kat}. Can you do {n} {n|question|questions} in {min} "
            "{min|minute|minutes} with at least {r} right?",
        ),
        requires=("known_well",),
    ),
    WordingSeed(
        kind="speed_challenge",
        origin="ml",
        nb=("Riktig og raskt: {kat}", "{n} spørsmål på {min} {min|minutt|minutter}, minst {r} {r|riktig|riktige}."),
        nn=("Rett og raskt: {kat}", "{n} spørsmål på {min} minutt, minst {r} {r|rett|rette}."),
        en=("Right and fast: {kat}", "{n} {n|question|questions} in {min} {min|minute|minutes}, at least {r} right."),
    ),
    WordingSeed(
        kind="speed_challenge",
        origin="ml",
        nb=(
            "Mot klokka: {kat}",
            "Svar på {n} spørsmål på {min} {min|minutt|minutter}. Minst {r} skal være {r|riktig|riktige}.",
        ),
        nn=("Mot klokka: {kat}", "Svar på {n} spørsmål på {min} minutt. Minst {r} skal vere {r|rett|rette}."),
        en=(
            "Against the clock: {kat}",
            "Answer {n} {n|question|questions} in {min} {min|minute|minutes}. At least {r} must be right.",
        ),
    ),
    WordingSeed(
        kind="speed_challenge",
        origin="ml",
        nb=(
            "I godt tempo: {kat}",
            "Ta {n} spørsmål på {min} {min|minutt|minutter}, og få minst {r} {r|riktig|riktige}.",
        ),
        nn=("I godt tempo: {kat}", "Ta {n} spørsmål på {min} minutt, og få minst {r} {r|rett|rette}."),
        en=(
            "At a good pace: {kat}",
            "Take {n} {n|question|questions} in {min} {min|minute|minutes}, and get at least {r} right.",
        ),
    ),
    WordingSeed(
        kind="speed_challenge",
        origin="ml",
        nb=(
            "Sikker og rask: {kat}",
            "Du har {min} {min|minutt|minutter} på {n} spørsmål. Minst {r} {r|riktig|riktige} er målet.",
        ),
        nn=("Sikker og rask: {kat}", "Du har {min} minutt på {n} spørsmål. Minst {r} {r|rett|rette} er målet."),
        en=(
            "Sure and quick: {kat}",
            "You have {min} {min|minute|minutes} for {n} {n|question|questions}. Aim for at least {r} right.",
        ),
    ),
    WordingSeed(
        kind="speed_challenge",
        origin="fallback",
        nb=(
            "Mot klokka",
            "{n} spørsmål på {min} {min|minutt|minutter}, minst {r} {r|riktig|riktige}. Bare riktige svar teller.",
        ),
        nn=("Mot klokka", "{n} spørsmål på {min} minutt, minst {r} {r|rett|rette}. Berre rette svar tel."),
        en=(
            "Against the clock",
            "{n} {n|question|questions} in {min} {min|minute|minutes}, at least {r} right. Only right answers count.",
        ),
    ),
    WordingSeed(
        kind="speed_challenge",
        origin="fallback",
        nb=("I godt tempo", "Ta {n} spørsmål på {min} {min|minutt|minutter}, og få minst {r} {r|riktig|riktige}."),
        nn=("I godt tempo", "Ta {n} spørsmål på {min} minutt, og få minst {r} {r|rett|rette}."),
        en=(
            "At a good pace",
            "Take {n} {n|question|questions} in {min} {min|minute|minutes}, and get at least {r} right.",
        ),
    ),
    WordingSeed(
        kind="speed_challenge",
        origin="fallback",
        nb=(
            "Sikker og rask",
            "Du har {min} {min|minutt|minutter} på {n} spørsmål. Minst {r} {r|riktig|riktige} er målet.",
        ),
        nn=("Sikker og rask", "Du har {min} minutt på {n} spørsmål. Minst {r} {r|rett|rette} er målet."),
        en=(
            "Sure and quick",
            "You have {min} {min|minute|minutes} for {n} {n|question|questions}. Aim for at least {r} right.",
        ),
    ),
    WordingSeed(
        kind="speed_challenge",
        origin="fallback",
        nb=(
            "Riktig og raskt",
            "Velg et tema du kan: {n} spørsmål på {min} {min|minutt|minutter}, minst {r} {r|riktig|riktige}.",
        ),
        nn=("Rett og raskt", "Vel eit tema du kan: {n} spørsmål på {min} minutt, minst {r} {r|rett|rette}."),
        en=(
            "Right and fast",
            "Choose a topic you know: {n} {n|question|questions} in {min} {min|minute|minutes}, at least {r} right.",
        ),
    ),
    WordingSeed(
        kind="speed_challenge",
        origin="fallback",
        nb=(
            "Mot klokka: {kat}",
            "Svar på {n} spørsmål om {kat} på {min} {min|minutt|minutter}, minst {r} {r|riktig|riktige}.",
        ),
        nn=("Mot klokka: {kat}", "Svar på {n} spørsmål om {kat} på {min} minutt, minst {r} {r|rett|rette}."),
        en=(
            "Against the clock: {kat}",
            "Answer {n} {n|question|questions} about {kat} in {min} {min|minute|minutes}, at least {r} right.",
        ),
    ),
)
