"""The course, a topic, a lesson."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from tourdee.learn import actions, queries
from tourdee.learn.models import Lesson, Topic

from .access import PersonRequest


@require_safe
@login_required
def course(request: PersonRequest) -> HttpResponse:
    progress = queries.progress_of(request.user)
    return render(request, "learn/learn.html", {"progress": progress, "step": queries.next_step_after(progress)})


@require_safe
@login_required
def topic(request: PersonRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Topic, slug=slug)
    one = next(one for one in queries.progress_of(request.user).topics if one.topic == found)
    lessons = Lesson.objects.filter(topic=found, language=_language())
    context = {"one": one, "topic": found, "lessons": lessons, "team": queries.team_of(found)}
    return render(request, "learn/topic.html", context)


@require_safe
@login_required
def lesson(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    found = get_object_or_404(Topic, slug=slug)
    page = queries.lesson_page(request.user, found, number, _language())
    if page is None:
        raise Http404
    return render(request, "learn/lesson.html", {"page": page, "lesson": page.lesson, "topic": found})


@require_POST
@login_required
def read(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    found = get_object_or_404(Topic, slug=slug)
    if not Lesson.objects.filter(topic=found, number=number).exists():
        raise Http404
    actions.mark_lesson_read(user=request.user, topic=found, number=number, at=timezone.now())
    if Lesson.objects.filter(topic=found, number=number + 1).exists():
        return redirect("learn_lesson", slug, number + 1)
    return redirect("learn_check", slug)


def _language() -> str:
    return (get_language() or "th")[:2]
