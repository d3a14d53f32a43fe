"""Saved answers: list, new, change, delete."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tourdee.shop.models import Shop

from ..actions import answers
from ..forms import SavedAnswerForm
from ..models import SavedAnswer
from .access import PersonRequest, with_shop


def _own(request: PersonRequest, public_id: str) -> SavedAnswer:
    return get_object_or_404(SavedAnswer.objects.select_related("shop"), public_id=public_id, shop__owner=request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@with_shop
def saved_answers(request: PersonRequest, shop: Shop) -> HttpResponse:
    """All of them, and room for a new one."""
    form = SavedAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answers.save_answer(shop=shop, **form.cleaned_data)
        except answers.TooManyAnswers:
            form.add_error(None, _("Thirty answers are kept already. Please change or delete one."))
        else:
            messages.success(request, _("Saved."))
            return redirect("saved_answers")
    return render(request, "inbox/answers.html", {"answers": SavedAnswer.objects.filter(shop=shop), "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def saved_answer(request: PersonRequest, public_id: str) -> HttpResponse:
    """Change one."""
    answer = _own(request, public_id)
    form = SavedAnswerForm(request.POST or None, initial={"title": answer.title, "text": answer.text})
    if request.method == "POST" and form.is_valid():
        answers.save_answer(shop=answer.shop, answer=answer, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("saved_answers")
    return render(request, "inbox/answer.html", {"answer": answer, "form": form})


@require_POST
@login_required
def delete_answer(request: PersonRequest, public_id: str) -> HttpResponse:
    """It is no longer needed."""
    answers.delete_answer(answer=_own(request, public_id))
    messages.success(request, _("Deleted."))
    return redirect("saved_answers")
