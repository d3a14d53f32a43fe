"""Checks, the pre-test, the post-test, and what came out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tourdee.learn import actions, queries
from tourdee.learn.forms import OTHER_QUESTIONS, QuizForm
from tourdee.learn.models import Attempt, Quiz, Topic

from .access import PersonRequest

Purpose = Attempt.Purpose
Context = dict[str, object]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def check(request: PersonRequest, slug: str) -> HttpResponse:
    topic = get_object_or_404(Topic, slug=slug)
    quiz = get_object_or_404(Quiz, kind=Quiz.Kind.CHECK, topic=topic)
    return _quiz_page(request, quiz, Purpose.CHECK, {"topic": topic})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def course_test(request: PersonRequest, purpose: str) -> HttpResponse:
    quiz = queries.course_test_for(request.user, purpose)
    if quiz is None:
        return redirect("learn")
    if request.method != "POST":
        if purpose == Purpose.POST and not queries.has_taken_pre_test(request.user):
            return _pre_test_first(request)
        if queries.attempts_left(request.user, purpose) == 0:
            return _to_result(request, purpose)
    return _quiz_page(request, quiz, purpose, {"left": queries.attempts_left(request.user, purpose)})


@require_safe
@login_required
def result(request: PersonRequest, public_id: str) -> HttpResponse:
    attempts = Attempt.objects.select_related("quiz__topic", "user")
    attempt = get_object_or_404(attempts, public_id=public_id, user=request.user)
    return render(request, "learn/result.html", {"result": queries.result_of_attempt(attempt), "attempt": attempt})


def _quiz_page(request: PersonRequest, quiz: Quiz, purpose: str, context: Context) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = QuizForm(data, quiz=quiz, user=request.user, purpose=purpose, language=(get_language() or "th")[:2])
    if data is not None and form.is_valid():
        return _hand_in(request, form, quiz, purpose, context)
    return _asked(request, form, quiz, purpose, context)


def _hand_in(request: PersonRequest, form: QuizForm, quiz: Quiz, purpose: str, context: Context) -> HttpResponse:
    answers, key, now = form.answers, form.key, timezone.now()
    try:
        attempt = actions.hand_in(user=request.user, quiz=quiz, purpose=purpose, answers=answers, key=key, at=now)
    except actions.PreTestFirst:
        return _pre_test_first(request)
    except actions.NoAttemptsLeft:
        return _to_result(request, purpose)
    except actions.OtherAnswers:
        form.add_error(None, _("You have already handed in this form; those answers count. Open the page anew."))
        return _asked(request, form, quiz, purpose, context, status=409)
    except actions.UnknownAnswers:
        form.add_error(None, OTHER_QUESTIONS)
        return _asked(request, form, quiz, purpose, context)
    return redirect("learn_result", attempt.public_id)


def _asked(
    request: PersonRequest, form: QuizForm, quiz: Quiz, purpose: str, context: Context, status: int = 200
) -> HttpResponse:
    matter = {"form": form, "purpose": purpose, "count": quiz.questions.count(), **context}
    return render(request, "learn/quiz.html", matter, status=status)


def _pre_test_first(request: PersonRequest) -> HttpResponse:
    messages.info(request, _("Please take the pre-test first: only then can we see together how much you have gained."))
    return redirect("learn_test", Purpose.PRE)


def _to_result(request: PersonRequest, purpose: str) -> HttpResponse:
    best = queries.best_attempt(request.user, purpose)
    if purpose == Purpose.POST:
        messages.info(request, _("You have used all your attempts. This is your best result; it counts."))
    return redirect("learn_result", best.public_id) if best else redirect("learn")
