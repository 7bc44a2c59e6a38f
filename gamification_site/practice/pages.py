"""The learner's pages: plain forms and links, which work without scripts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from gamification_site.practice import overview, selectors, services
from gamification_site.practice.errors import AnsweredOtherwise, QuestionGone
from gamification_site.practice.models import Kind, PracticeRound
from gamification_site.practice.question_bank import OPTIONS
from learners.api import LearnerProfile, learner_of_user
from learners.common import clock
from learners.common.errors import GamificationError

LONGEST_SECONDS = 3_600.0  # a question left open longer says nothing about speed


class OpeningForm(forms.Form):
    """Which topic, and how many questions."""

    category = forms.ChoiceField(label=_("Topic"), required=False)
    length = forms.TypedChoiceField(
        label=_("Questions"),
        coerce=int,
        choices=[(length, str(length)) for length in services.LENGTHS],
        initial=services.LENGTHS[0],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["category"]
        field.choices = [("", _("All topics")), *selectors.topic_labels().items()]


class AnswerForm(forms.Form):
    """The chosen option, and when the question was shown."""

    position = forms.IntegerField(min_value=0)
    option = forms.IntegerField(min_value=0, max_value=OPTIONS - 1)
    shown = forms.CharField(required=False)


class PracticeLoginView(LoginView):
    """Log in, and be spoken to in the language of the profile from then on."""

    template_name = "practice/login.html"
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        language = learner_of_user(self.request.user, now=clock.now()).language
        if language in dict(settings.LANGUAGES) and settings.LANGUAGE_COOKIE_NAME not in self.request.COOKIES:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
        return response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return redirect("today" if request.user.is_authenticated else "login")


@never_cache
@login_required
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    learner, now = _learner(request)
    context = {"today": overview.today(learner, now=now), "learner": learner}
    return render(request, "practice/today.html", context)


@never_cache
@login_required
def practise(request: HttpRequest) -> HttpResponse:
    """Choose a topic and a length, and open a round."""
    learner, now = _learner(request)
    form = OpeningForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        opened = services.open_round(
            learner=learner,
            kind=Kind.PRACTICE,
            category=form.cleaned_data["category"] or None,
            length=form.cleaned_data["length"],
            now=now,
        )
        return redirect("round", uuid=opened.uuid)
    context = {"form": form, "waiting": overview.waiting(learner, now=now)}
    return render(request, "practice/practise.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
def mock_test(request: HttpRequest) -> HttpResponse:
    """Say what a mock test is, and open one."""
    learner, now = _learner(request)
    if request.method == "POST":
        opened = services.open_round(learner=learner, kind=Kind.MOCK_TEST, now=now)
        return redirect("round", uuid=opened.uuid)
    under_way = [row for row in overview.waiting(learner, now=now) if row.kind == Kind.MOCK_TEST]
    context = {"waiting": under_way, "tests": overview.tests_of(learner, now=now)}
    return render(request, "practice/mock_test.html", context)


@never_cache
@login_required
@require_GET
def round_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask the next question, or show the result when there is none."""
    practice, now = _round(request, uuid), clock.now()
    if practice.is_over(now):
        return redirect("result", uuid=uuid)
    try:
        question = selectors.next_question(practice, now=now)
    except QuestionGone as error:
        messages.info(request, str(error))
        services.close(practice=practice, now=now)
        return redirect("result", uuid=uuid)
    context = {
        "round": practice,
        "question": question,
        "shown": signing.dumps(now.timestamp(), salt=_salt(practice, practice.position)),
        "minutes_left": int((practice.deadline_at - now).total_seconds() // 60) if practice.deadline_at else None,
    }
    return render(request, "practice/question.html", context)


@login_required
@require_POST
def answer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the chosen option; a mock test goes on at once, practice says how it went."""
    practice, now = _round(request, uuid), clock.now()
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.info(request, _("Choose one of the four options."))
        return redirect("round", uuid=uuid)
    position = form.cleaned_data["position"]
    seconds = _seconds(form.cleaned_data["shown"], _salt(practice, position), now)
    try:
        services.submit(
            practice=practice, position=position, option=form.cleaned_data["option"], seconds=seconds, now=now
        )
    except AnsweredOtherwise as error:
        messages.info(request, str(error))
    except GamificationError as error:
        messages.info(request, str(error))
        return redirect("round", uuid=uuid)
    if practice.kind == Kind.MOCK_TEST:
        return redirect("round", uuid=uuid)
    return redirect("feedback", uuid=uuid, position=position)


@never_cache
@login_required
@require_safe
def feedback(request: HttpRequest, uuid: UUID, position: int) -> HttpResponse:
    """Say whether an answer was right, why, and what it earned."""
    practice, now = _round(request, uuid), clock.now()
    is_test = practice.kind == Kind.MOCK_TEST
    found = None if is_test else selectors.graded_before(practice, position=position, now=now)
    if found is None:
        return redirect("round", uuid=uuid)
    return render(request, "practice/feedback.html", {"round": practice, "graded": found})


@login_required
@require_POST
def close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    services.close(practice=_round(request, uuid), now=clock.now())
    return redirect("result", uuid=uuid)


@never_cache
@login_required
@require_safe
def result(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show how a round went, as soon as it is over."""
    now = clock.now()
    practice = services.settle(practice=_round(request, uuid), now=now)
    if not practice.is_over(now):
        return redirect("round", uuid=uuid)
    context = {"result": selectors.result(practice, now=now), "needed": selectors.MOCK_TEST_NEEDS}
    return render(request, "practice/result.html", context)


@never_cache
@login_required
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    learner, _now = _learner(request)
    days = overview.days_of(learner)
    context = {"days": days, "has_simulated": any(day.simulated for day in days)}
    return render(request, "practice/history.html", context)


def _learner(request: HttpRequest) -> tuple[LearnerProfile, datetime]:
    now = clock.now()
    return learner_of_user(request.user, now=now), now


def _round(request: HttpRequest, uuid: UUID) -> PracticeRound:
    return get_object_or_404(selectors.rounds_of(request.user), uuid=uuid)


def _salt(practice: PracticeRound, position: int) -> str:
    return f"practice:{practice.uuid}:{position}"


def _seconds(shown: str, salt: str, now: datetime) -> float | None:
    """Return how long the question was on the screen; None if that is not known or says nothing."""
    try:
        seconds = now.timestamp() - float(signing.loads(shown, salt=salt))
    except signing.BadSignature:
        return None
    return round(seconds, 1) if 0 <= seconds <= LONGEST_SECONDS else None
