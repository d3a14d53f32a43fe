"""What a seller does with a conversation besides answering."""

import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..actions import handling, send_again
from ..forms import NoteForm
from ..models import Message
from ..queries.conversations import order_of
from .access import PersonRequest
from .conversations import conversation_page, own


@require_POST
@login_required
def add_note(request: PersonRequest, public_id: str) -> HttpResponse:
    """Written down for the shop alone."""
    talk, form = own(request, public_id), NoteForm(request.POST)
    if not form.is_valid():
        return conversation_page(request, talk, note=form)
    key = request.POST.get("key", "")[:64] or secrets.token_urlsafe(18)
    handling.write_note(
        conversation=talk, author=request.user, text=form.cleaned_data["note"], key=key, at=timezone.now()
    )
    return redirect("conversation", public_id=public_id)


@require_POST
@login_required
def take_over(request: PersonRequest, public_id: str) -> HttpResponse:
    """A person answers."""
    handling.take_over(conversation=own(request, public_id), by=request.user)
    messages.success(request, _("You answer now. The automatic answers are silent here."))
    return redirect("conversation", public_id=public_id)


@require_POST
@login_required
def hand_back(request: PersonRequest, public_id: str) -> HttpResponse:
    """The automatic answers may speak again."""
    handling.hand_back(conversation=own(request, public_id))
    messages.success(request, _("The automatic answers may speak again."))
    return redirect("conversation", public_id=public_id)


@require_POST
@login_required
def mark_done(request: PersonRequest, public_id: str) -> HttpResponse:
    """Out of the list, until the customer writes again."""
    handling.mark_done(conversation=own(request, public_id), at=timezone.now())
    messages.success(request, _("Done. It comes back by itself when the customer writes again."))
    return redirect("conversation", public_id=public_id)


@require_POST
@login_required
def reopen(request: PersonRequest, public_id: str) -> HttpResponse:
    """It was not done after all."""
    handling.reopen(conversation=own(request, public_id))
    return redirect("conversation", public_id=public_id)


@require_POST
@login_required
def link_order(request: PersonRequest, public_id: str) -> HttpResponse:
    """The order that the talk is about, by its number."""
    talk = own(request, public_id)
    order = order_of(talk.shop, request.POST.get("code", "")[:20])
    if order is None:
        problem = _("Your shop has no order of this number. Please compare the eight signs.")
        return conversation_page(request, talk, order_problem=problem)
    handling.link_order(conversation=talk, order=order)
    return redirect("conversation", public_id=public_id)


@require_POST
@login_required
def unlink_order(request: PersonRequest, public_id: str) -> HttpResponse:
    """It is about something else."""
    handling.link_order(conversation=own(request, public_id), order=None)
    return redirect("conversation", public_id=public_id)


@require_POST
@login_required
def forget(request: PersonRequest, public_id: str) -> HttpResponse:
    """All of it goes."""
    handling.forget_conversation(conversation=own(request, public_id))
    messages.success(request, _("The conversation and its pictures are deleted. Orders stay."))
    return redirect("my_inbox")


@require_POST
@login_required
def try_again(request: PersonRequest, public_id: str) -> HttpResponse:
    """What failed is sent once more."""
    message = get_object_or_404(
        Message.objects.select_related("conversation__shop"), public_id=public_id,
        conversation__shop__owner=request.user,
    )  # fmt: skip
    send_again(message=message, by=request.user)
    return redirect("conversation", public_id=message.conversation.public_id)
