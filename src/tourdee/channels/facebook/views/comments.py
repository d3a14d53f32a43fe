"""Comments: read, answered, hidden, made into orders."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tourdee.inbox.actions import CannotWrite
from tourdee.shop.actions import chat_orders
from tourdee.shop.actions.orders import Refused, TryAgain
from tourdee.shop.models import Shop

from ..actions import answers, comments
from ..forms import CommentOrderForm, ReplyForm
from ..models import Comment
from ..queries.comments import comments_of, may_answer_privately, own_comments
from ..queries.pages import page_of
from ..queries.posts import choices
from ..queries.reasons import words
from ..queries.texts import Item
from .access import with_open_shop

REFUSED = (Refused, TryAgain, chat_orders.HoldTooLong, answers.CannotAnswer)


def _own(request: Any, public_id: str) -> Comment:
    return get_object_or_404(own_comments(request.user), public_id=public_id)


@require_safe
@with_open_shop
def my_comments(request: Any, shop: Shop) -> HttpResponse:
    """Orders that wait first."""
    return render(request, "facebook_page/comments.html", {"comments": comments_of(shop), "page": page_of(shop)})


@require_http_methods(["GET", "POST"])
@with_open_shop
def my_comment(request: Any, shop: Shop, public_id: str) -> HttpResponse:
    """One comment; an answer is written here."""
    comment, at = _own(request, public_id), timezone.now()
    form = ReplyForm(request.POST or None, initial={"key": answers.new_key()})
    if request.method == "POST" and form.is_valid():
        try:
            answers.answer_comment(comment=comment, by=request.user, at=at, **form.cleaned_data)
        except (answers.CannotAnswer, CannotWrite) as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Your answer is on its way. What becomes of it stands in your inbox."))
            return redirect("facebook_comment", public_id=public_id)
    return _page(request, comment, reply=form)


def _item_of(request: Any, comment: Comment) -> tuple[str, Item | None]:
    """What a comment is about: what stands in the post, or, below a post that was not made here, what the seller says it is (its kind
    and id)."""
    if comment.post:
        return "", comment.post.item
    named = request.POST.get("item") or request.GET.get("item", "")
    return named, dict(choices(comment.shop)).get(named)


def _order_form(comment: Comment, item: Item | None, data: Any = None) -> CommentOrderForm:
    at = timezone.now()
    may = may_answer_privately(comment, at)
    language = (get_language() or "th")[:2]
    return CommentOrderForm(data, comment=comment, item=item, at=at, language=language, may_answer=may)


def _page(
    request: Any, comment: Comment, *, reply: ReplyForm, order_form: CommentOrderForm | None = None
) -> HttpResponse:
    named, item = _item_of(request, comment)
    context = {
        "comment": comment, "reply": reply, "reason": words(comment.why), "item": item, "item_named": named if item else "",
        "order_form": order_form or _order_form(comment, item), "items": [] if comment.post else choices(comment.shop),
        "privately": may_answer_privately(comment, timezone.now()),
    }  # fmt: skip
    return render(request, "facebook_page/comment.html", context)


@require_POST
@with_open_shop
def order(request: Any, shop: Shop, public_id: str) -> HttpResponse:
    """The seller says yes: an order is made and held, its link goes to the writer."""
    comment = _own(request, public_id)
    if comment.order:
        return redirect("chat_order", code=comment.order.code)
    form = _order_form(comment, _item_of(request, comment)[1], request.POST)
    if form.is_valid() and form.is_possible:
        try:
            made = comments.order_from_comment(
                comment=comment, items=form.items(), by=request.user, language=_language_of(comment),
                answer=bool(form.cleaned_data.get("answer")), at=timezone.now(),
            )  # fmt: skip
        except REFUSED as refused:
            form.add_error(None, refused.message)
        else:
            return redirect("chat_order", code=made.code)
    return _page(request, comment, reply=ReplyForm(initial={"key": answers.new_key()}), order_form=form)


def _language_of(comment: Comment) -> str:
    """The pay link is told in the language of the post."""
    return comment.post.language if comment.post else "th"


@require_POST
@with_open_shop
def hide(request: Any, shop: Shop, public_id: str) -> HttpResponse:
    """Hide it, or show it again."""
    wish = request.POST.get("hide") == "1"
    comments.hide_comment(comment=_own(request, public_id), hide=wish, by=request.user, at=timezone.now())
    return redirect("facebook_comment", public_id=public_id)


@require_POST
@with_open_shop
def set_aside(request: Any, shop: Shop, public_id: str) -> HttpResponse:
    """Not an order."""
    comments.set_aside(comment=_own(request, public_id), at=timezone.now())
    messages.success(request, _("Set aside. The comment stays where it is."))
    return redirect("facebook_comments")
