from django.utils.translation import gettext_lazy as _

from learners.common.errors import GamificationError


class PracticeError(GamificationError):
    """A rule of practice was broken."""


class NoSuchTopic(PracticeError):
    """The question bank has nothing on the topic."""

    code = "unknown-category"
    title = _("There are no questions on this topic.")


class BadLength(PracticeError):
    """Practice has 5, 10 or 15 questions, a mock test always 45."""

    code = "bad-round-length"
    title = _("Practice has 5, 10 or 15 questions; a mock test has 45, over all topics.")


class RoundOver(PracticeError):
    """All questions are answered, the round was closed, or it is a day old."""

    status, code = 409, "round-closed"
    title = _("This round is over.")


class TimeIsUp(PracticeError):
    """The deadline of a mock test has passed."""

    status, code = 409, "time-is-up"
    title = _("The time of this mock test is up.")


class NotTheNextQuestion(PracticeError):
    """An answer came to a question that has not been asked yet."""

    status, code = 409, "not-the-next-question"
    title = _("This question has not been asked yet.")


class AnsweredOtherwise(PracticeError):
    """The question was answered with another option before; that answer stands."""

    status, code = 409, "answered-otherwise"
    title = _("This question is answered already, with another option.")


class QuestionGone(PracticeError):
    """The question was taken out of the bank after the round was opened."""

    status, code = 410, "question-gone"
    title = _("A question of this round is no longer asked. End the round and begin a new one.")
