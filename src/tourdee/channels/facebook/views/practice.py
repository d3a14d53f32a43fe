"""The practice page: the seller plays the customers of the twin. What they write goes the real way, through a signed webhook."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tourdee.shop.models import Shop

from ..actions.notices import receive_notice
from ..actions.pages import note_call
from ..forms import PlayForm
from ..graph import play
from ..graph.signatures import signed
from ..models import Page
from ..queries.pages import app_secret_of, page_of
from .access import in_practice, with_open_shop


@require_http_methods(["GET", "POST"])
@with_open_shop
def practice(request: Any, shop: Shop) -> HttpResponse:
    """What stands on the play Facebook, with a form below each post."""
    in_practice()
    page = page_of(shop)
    if page is None or not page.keys_at:
        return redirect("connect_facebook")
    form = PlayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _play(page, **form.cleaned_data)
        messages.success(request, _("Written. In some seconds it is in your inbox."))
        return redirect("facebook_practice")
    return render(request, "facebook_page/practice.html", {"page": page, "form": form, "posts": _posts(page)})


def _posts(page: Page) -> list[dict[str, Any]]:
    """Posts with what is written below them, oldest first."""
    there = play.played(page.page_id)
    below: dict[str, list[Any]] = {}
    for row in reversed(there.comments):
        above = row.get("post") or next((one["post"] for one in there.comments if one["id"] == row.get("below")), "")
        below.setdefault(above, []).append({**row, "ours": row["from"]["id"] == page.page_id})
    return [{**post, "comments": below.get(post["id"], [])} for post in there.posts]


def _play(page: Page, *, post: str, name: str, text: str) -> None:
    at = timezone.now()
    if any(one["id"] == post for one in play.played(page.page_id).posts):
        entry = play.comment(page.page_id, post=post, name=name, text=text, at=at)
    else:
        entry = play.write(page.page_id, name=name, text=text, at=at)
    raw = play.notice(page.page_id, entry, at=at)
    receive_notice(page=page, signature=signed(app_secret_of(page), raw), raw=raw, at=at)


@require_POST
@with_open_shop
def call(request: Any, shop: Shop) -> HttpResponse:
    """The twin shows the verify token, as Facebook would."""
    in_practice()
    if page := page_of(shop):
        note_call(page=page, verify_token=page.verify_token, at=timezone.now())
    return redirect("connect_facebook")
