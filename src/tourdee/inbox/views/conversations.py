"""The list of conversations, and one of them."""

import secrets
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from tourdee.core.pictures import private_picture
from tourdee.shop.models import Shop

from ..actions import CannotWrite, write_message
from ..actions.handling import mark_read
from ..forms import AnswerForm, NoteForm
from ..models import Conversation, Message, SavedAnswer
from ..queries import conversations as known
from ..queries.channels import sign_of, signs
from ..queries.reach import reach
from ..queries.words import filled_in, how_long
from .access import PersonRequest, with_shop

A_PAGE = 20
MESSAGES, MOST_MESSAGES = 60, 1000
SHOW_WORDS = {
    known.OPEN: _("Still open"), known.UNREAD: _("Unread"), known.WAITING: _("Waiting for an answer"), known.MINE: _("I answer"),
    known.DONE: _("Done"),
}  # fmt: skip


@require_safe
@with_shop
def my_inbox(request: PersonRequest, shop: Shop) -> HttpResponse:
    """Everything that customers write, whatever way it comes."""
    return render(request, "inbox/inbox.html", {"shop": shop, "signs": signs().items(), **_list(request)})


@require_safe
@with_shop
def inbox_list(request: PersonRequest, shop: Shop) -> HttpResponse:
    """The list alone: what the open page asks for again and again."""
    return render(request, "inbox/_list.html", _list(request))


def _list(request: PersonRequest) -> dict[str, Any]:
    asked = _asked(request)
    page = Paginator(known.listed(request.user, asked), A_PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "lines": known.lines(page.object_list, timezone.now()),
        "asked": asked,
        "shows": SHOW_WORDS.items(),
        "waiting": known.waiting_conversations(request.user),
    }


def _asked(request: PersonRequest) -> known.Asked:
    show, channel = request.GET.get("show", ""), request.GET.get("channel", "")[:20]
    words = request.GET.get("q", "")[: known.LONGEST_SEARCH]
    return known.Asked(show if show in known.SHOWN else known.OPEN, channel, words)


@require_safe
@login_required
def unread(request: PersonRequest) -> HttpResponse:
    """The number beside the inbox in the navigation."""
    return render(request, "inbox/_unread.html", {"unread": known.unread_messages(request.user)})


def own(request: PersonRequest, public_id: str) -> Conversation:
    """A conversation of the own shop; anybody else's does not exist."""
    return get_object_or_404(known.conversations_of(request.user), public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def conversation(request: PersonRequest, public_id: str) -> HttpResponse:
    """Read, answer, and see the order beside it."""
    talk = own(request, public_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and "insert" in request.POST:
        form = AnswerForm(initial={"text": _with_saved_answer(request, talk)})
    elif request.method == "POST" and form.is_valid() and _written(request, talk, form):
        return redirect("conversation", public_id=public_id)
    mark_read(conversation=talk)
    return conversation_page(request, talk, form=form)


def _written(request: PersonRequest, talk: Conversation, form: AnswerForm) -> bool:
    """Sent once, however often the button was pressed."""
    key, text = request.POST.get("key", "")[:64], form.cleaned_data["text"]
    try:
        write_message(
            conversation=talk, author=request.user, text=text, key=key or secrets.token_urlsafe(18), at=timezone.now()
        )
    except CannotWrite as problem:
        form.add_error("text", problem.message)
        return False
    return True


def _with_saved_answer(request: PersonRequest, talk: Conversation) -> str:
    """What was typed so far, and the saved answer below it."""
    saved = get_object_or_404(SavedAnswer, shop=talk.shop_id, public_id=request.POST["insert"])
    typed = request.POST.get("text", "").strip()
    return "\n".join(filter(None, [typed, filled_in(saved.text, talk)]))


def conversation_page(
    request: PersonRequest, talk: Conversation, *, form: AnswerForm | None = None, note: NoteForm | None = None,
    order_problem: str = "",
) -> HttpResponse:  # fmt: skip
    """The page of a conversation, with what was typed in the form that did not go through."""
    context = {
        **_thread(request, talk),
        "sign": sign_of(talk.channel),
        "reach": reach(talk),
        "form": form or AnswerForm(),
        "note": note or NoteForm(),
        "key": request.POST.get("key", "")[:64] if form and form.errors else secrets.token_urlsafe(18),
        "saved": SavedAnswer.objects.filter(shop=talk.shop_id),
        "fitting": [] if talk.order else known.orders_that_fit(talk),
        "order_problem": order_problem,
    }
    return render(request, "inbox/conversation.html", context)


@require_safe
@login_required
def thread(request: PersonRequest, public_id: str) -> HttpResponse:
    """The messages alone: what the open page asks for again and again."""
    talk = own(request, public_id)
    mark_read(conversation=talk)
    return render(request, "inbox/_thread.html", _thread(request, talk))


def _thread(request: PersonRequest, talk: Conversation) -> dict[str, Any]:
    asked = request.GET.get("most", "")
    most = min(int(asked), MOST_MESSAGES) if asked.isdecimal() and len(asked) < 6 else MESSAGES
    messages = known.messages_of(talk, most)
    waits = how_long(talk.waiting_since, timezone.now()) if talk.waiting_since else ""
    more = most + MESSAGES if len(messages) == most and most < MOST_MESSAGES else 0
    return {"talk": talk, "thread": messages, "waits": waits, "most": most, "more": more}


@require_safe
@login_required
def message_picture(request: PersonRequest, public_id: str) -> HttpResponseBase:
    """A picture that a customer sent, for the shop alone."""
    message = get_object_or_404(Message, public_id=public_id, conversation__shop__owner=request.user, picture__gt="")
    return private_picture(message.picture)
