from dataclasses import replace
from datetime import date, timedelta

from challenges.progress import Standing, advance, days_done
from learners.facts import ActivityFact, RoundFact
from tests.factories import NOON

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)
SIGNS, RULES = 1, 2

ANSWER = ActivityFact(
    id=1,
    learner_id=1,
    source_id=1,
    client_id="a",
    kind="answer",
    category_id=SIGNS,
    category_code="traffic_signs",
    item_id=None,
    correct=True,
    value=None,
    seconds=None,
    received_at=NOON,
    occurred_at=NOON,
    trusted_time=True,
    local_date=SATURDAY,
    predicted=None,
    predicted_by="",
    streak=1,
    answers_today=1,
)
ROUND = RoundFact(
    id=1,
    kind="practice",
    category_id=SIGNS,
    planned=3,
    answered=3,
    correct=3,
    seconds=60.0,
    closed=True,
    closed_by_this=True,
)


def after(standing: Standing, *facts: ActivityFact) -> Standing:
    for fact in facts:
        standing = advance(standing, fact)
    return standing


class TestQuiz:
    def test_counts_each_answer_right_or_wrong(self) -> None:
        quiz = Standing(kind="quiz", category_id=None, requirement=3)

        done = after(quiz, ANSWER, replace(ANSWER, correct=False), replace(ANSWER, category_id=RULES))

        assert (done.progress, done.is_complete) == (3, True)

    def test_counts_its_own_topic_only(self) -> None:
        quiz = Standing(kind="quiz", category_id=SIGNS, requirement=3)

        assert after(quiz, replace(ANSWER, category_id=RULES)).progress == 0
        assert after(quiz, replace(ANSWER, category_id=None)).progress == 0

    def test_counts_no_lesson(self) -> None:
        quiz = Standing(kind="category_focus", category_id=SIGNS, requirement=3)

        assert after(quiz, replace(ANSWER, kind="lesson")) == quiz

    def test_stops_when_it_is_complete(self) -> None:
        quiz = Standing(kind="quiz", category_id=None, requirement=1)

        assert after(quiz, ANSWER, ANSWER).progress == 1


class TestAccuracy:
    def test_is_complete_with_enough_right_among_the_first_answers(self) -> None:
        challenge = Standing(kind="accuracy_challenge", category_id=SIGNS, requirement=4, target_correct=3)
        wrong = replace(ANSWER, correct=False)

        assert after(challenge, ANSWER, wrong, ANSWER).is_complete is False
        assert after(challenge, ANSWER, wrong, ANSWER, ANSWER).is_complete is True

    def test_starts_again_after_a_missed_attempt(self) -> None:
        challenge = Standing(kind="accuracy_challenge", category_id=SIGNS, requirement=3, target_correct=2)
        wrong = replace(ANSWER, correct=False)

        missed = after(challenge, wrong, wrong, ANSWER)
        second = after(missed, ANSWER)

        assert (missed.progress, missed.is_complete) == (1, False)
        assert (second.answered, second.progress) == (1, 1)

    def test_needs_graded_answers(self) -> None:
        challenge = Standing(kind="accuracy_challenge", category_id=None, requirement=3, target_correct=2)

        assert after(challenge, replace(ANSWER, correct=None)) == challenge


class TestSpeed:
    SPEED = Standing(kind="speed_challenge", category_id=SIGNS, requirement=3, target_correct=2, minutes=2)

    def test_is_complete_within_the_minutes(self) -> None:
        second = replace(ANSWER, occurred_at=NOON + timedelta(seconds=119))

        assert after(self.SPEED, ANSWER, second).is_complete is True

    def test_starts_again_when_the_time_is_up(self) -> None:
        late = replace(ANSWER, occurred_at=NOON + timedelta(seconds=121))

        standing = after(self.SPEED, ANSWER, late)

        assert (standing.progress, standing.is_complete) == (1, False)
        assert standing.attempt_at == NOON + timedelta(seconds=121)

    def test_counts_the_time_of_the_first_answer_too(self) -> None:
        first = replace(ANSWER, seconds=30.0)
        second = replace(ANSWER, occurred_at=NOON + timedelta(seconds=91))

        assert after(self.SPEED, first, second).is_complete is False

    def test_goes_by_the_servers_clock_where_the_senders_is_not_trusted(self) -> None:
        late = replace(ANSWER, trusted_time=False, received_at=NOON + timedelta(minutes=5))

        assert after(self.SPEED, ANSWER, late).is_complete is False


class TestPerfectScore:
    PERFECT = Standing(kind="perfect_score", category_id=SIGNS, requirement=3)

    def test_is_complete_with_a_faultless_closed_round(self) -> None:
        assert after(self.PERFECT, replace(ANSWER, round=ROUND)).is_complete is True

    def test_shows_the_round_under_way_and_drops_at_a_mistake(self) -> None:
        open_round = replace(ROUND, answered=2, correct=2, closed=False, closed_by_this=False)

        clean = after(self.PERFECT, replace(ANSWER, round=open_round))
        spoilt = after(clean, replace(ANSWER, round=replace(ROUND, correct=2)))

        assert (clean.progress, spoilt.progress) == (2, 0)

    def test_wants_a_round_that_is_long_enough_and_in_its_topic(self) -> None:
        short = replace(ROUND, planned=2, answered=2, correct=2)
        mixed = replace(ROUND, category_id=None)

        assert after(self.PERFECT, replace(ANSWER, round=short)) == self.PERFECT
        assert after(self.PERFECT, replace(ANSWER, round=mixed)) == self.PERFECT

    def test_wants_a_round(self) -> None:
        assert after(self.PERFECT, ANSWER) == self.PERFECT


class TestStreak:
    def test_counts_days_in_a_row_from_its_own_day(self) -> None:
        streak = Standing(kind="streak", category_id=None, requirement=2, in_a_row=True)
        days = [FRIDAY, SATURDAY, SATURDAY + timedelta(days=2), SATURDAY + timedelta(days=3)]

        gap = days_done(streak, SATURDAY, days, SATURDAY + timedelta(days=2))
        done = days_done(streak, SATURDAY, days, SATURDAY + timedelta(days=3))

        assert (gap.progress, done.progress, done.is_complete) == (1, 2, True)

    def test_counts_any_days_where_they_need_not_follow(self) -> None:
        streak = Standing(kind="streak", category_id=None, requirement=2)
        days = [SATURDAY, SATURDAY + timedelta(days=2)]

        assert days_done(streak, SATURDAY, days, SATURDAY + timedelta(days=2)).is_complete is True

    def test_ends_after_seven_days(self) -> None:
        streak = Standing(kind="streak", category_id=None, requirement=2)
        days = [SATURDAY, SATURDAY + timedelta(days=7)]

        assert days_done(streak, SATURDAY, days, SATURDAY + timedelta(days=9)).progress == 1
