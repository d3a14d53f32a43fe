"""Answers to words."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tourdee.shop.models import Shop

from ..actions import keyword_answers
from ..forms.menus import AnswerForm
from ..models import KeywordAnswer
from ..queries.answers import EVERYBODY_KNOWS, answer_to, tile_meant
from ..queries.screens.menu import tile_name
from .access import with_shop


@require_http_methods(["GET", "POST"])
@with_shop
def my_answers(request: Any, shop: Shop) -> HttpResponse:
    """All answers, the words that every shop understands, a form for a new one, and a place to try."""
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            keyword_answers.add_answer(shop=shop, at=timezone.now(), **form.cleaned_data)
        except keyword_answers.TooManyAnswers as problem:
            form.add_error(None, problem.message)
        else:
            messages.success(request, _("Kept. Try it below."))
            return redirect("my_line_answers")
    context = {
        "shop": shop, "form": form, "answers": KeywordAnswer.objects.filter(shop=shop), "tried": _tried(request, shop),
        "known": [(tile_name(tile), words) for tile, words in EVERYBODY_KNOWS],
    }  # fmt: skip
    return render(request, "line_oa/answers.html", context)


def _tried(request: Any, shop: Shop) -> dict[str, Any]:
    """What the shop would say to the words typed into the place to try."""
    words = request.GET.get("try", "")[:300].strip()
    if not words:
        return {}
    own = answer_to(shop, words)
    tile = own.shows if own else tile_meant(words)
    return {"words": words, "own": own, "shows": tile_name(tile) if tile else ""}


@require_http_methods(["GET", "POST"])
@with_shop
def my_answer(request: Any, shop: Shop, public_id: str) -> HttpResponse:
    """One of them."""
    answer = get_object_or_404(KeywordAnswer, shop=shop, public_id=public_id)
    known = {
        "words": ", ".join(answer.words), "answer": answer.answer, "shows": answer.shows, "is_active": answer.is_active,
    }  # fmt: skip
    form = AnswerForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        keyword_answers.change_answer(
            answer=answer, words=said["words"], text=said["answer"], shows=said["shows"], is_active=said["is_active"]
        )
        messages.success(request, _("Saved."))
        return redirect("my_line_answers")
    return render(request, "line_oa/answer.html", {"shop": shop, "form": form, "answer": answer})


@require_POST
@with_shop
def delete_answer(request: Any, shop: Shop, public_id: str) -> HttpResponse:
    """It is said no more."""
    keyword_answers.delete_answer(answer=get_object_or_404(KeywordAnswer, shop=shop, public_id=public_id))
    messages.success(request, _("Deleted."))
    return redirect("my_line_answers")
