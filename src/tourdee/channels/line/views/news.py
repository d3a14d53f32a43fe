"""News: written, looked at, agreed to, and how it went."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tourdee.shop.models import Shop

from ..actions import broadcasts
from ..forms.news import NewsForm, SendForm
from ..models import Broadcast
from ..queries.audiences import about, audience_words
from ..queries.broadcasts import broadcasts_of, messages_of
from ..queries.quota import meter_of
from ..queries.ways import sent_words, way_for, way_words
from .access import with_shop

A_PAGE = 40


@require_safe
@with_shop
def my_news(request: Any, shop: Shop) -> HttpResponse:
    """What was sent, what waits, and what is left of the month."""
    found = list(broadcasts_of(shop)[:A_PAGE])
    rows = [(news, audience_words(news)) for news in found]
    return render(request, "line_oa/news.html", {"shop": shop, "rows": rows, "meter": meter_of(shop, timezone.now())})


@require_http_methods(["GET", "POST"])
@with_shop
def write(request: Any, shop: Shop, public_id: str = "") -> HttpResponse:
    """A new one, or a draft again."""
    draft = _own(shop, public_id) if public_id else None
    if draft and draft.state != Broadcast.State.DRAFT:
        return redirect("my_line_news_item", public_id=public_id)
    form = NewsForm(request.POST or None, shop=shop, initial=_initial(draft))
    if request.method == "POST" and form.is_valid():
        if draft:
            kept = broadcasts.change_news(broadcast=draft, news=form.news())
        else:
            kept = broadcasts.write_news(shop=shop, news=form.news(), by=request.user, at=timezone.now())
        return redirect("my_line_news_item", public_id=kept.public_id)
    return render(request, "line_oa/news_form.html", {"shop": shop, "form": form, "draft": draft})


def _initial(draft: Broadcast | None) -> dict[str, Any]:
    if draft is None:
        return {"audience": Broadcast.Audience.EVERYONE}
    names = ("text", "audience", "days", "tour", "voucher", "tag")
    known = {"about": about(draft), **{name: getattr(draft, name) for name in names}}
    return {name: getattr(value, "public_id", value) for name, value in known.items()}


@require_http_methods(["GET", "POST"])
@with_shop
def one(request: Any, shop: Shop, public_id: str) -> HttpResponse:
    """As it will look on a telephone, how many paid messages it takes, and the question; afterwards how it went."""
    news, now = _own(shop, public_id), timezone.now()
    way = way_for(news, now) if news.state == Broadcast.State.DRAFT else None
    people = way.people if way else news.people
    meter = meter_of(shop, now)
    form = SendForm(request.POST or None, initial={"people": people})
    if request.method == "POST" and form.is_valid() and _agreed(request, news, form, meter.left):
        return redirect("my_line_news_item", public_id=public_id)
    with override("th"):
        said = messages_of(news, now)
    context = {
        "shop": shop, "form": form, "people": people, "meter": meter, "messages_shown": said,
        "audience": audience_words(news), "after": None if meter.left is None else meter.left - people,
        "way": way_words(way) if way else sent_words(news), **_state(news, now),
    }  # fmt: skip
    return render(request, "line_oa/news_item.html", context)


@require_safe
@with_shop
def state(request: Any, shop: Shop, public_id: str) -> HttpResponse:
    """What the open page asks for until the news are sent."""
    return render(request, "line_oa/_news_state.html", _state(_own(shop, public_id), timezone.now()))


def _state(news: Broadcast, at: datetime) -> dict[str, Any]:
    return {"news": news, "is_due": bool(news.send_at and news.send_at <= at)}


def _agreed(request: Any, news: Broadcast, form: SendForm, left: int | None) -> bool:
    try:
        kept = broadcasts.agree_to_send(
            broadcast=news, shown_people=form.cleaned_data["people"], left=left, send_at=form.send_at(), by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except broadcasts.CannotSend as problem:
        form.add_error("day" if problem.reason in {"past", "far"} else None, problem.message)
        return False
    later = form.send_at() is not None
    messages.success(request, _("It will be sent at that time.") if later else _("It is being sent."))
    return bool(kept)


@require_POST
@with_shop
def stop(request: Any, shop: Shop, public_id: str) -> HttpResponse:
    """Before it has begun."""
    if broadcasts.stop_news(broadcast=_own(shop, public_id), by=request.user, at=timezone.now()):
        messages.success(request, _("Stopped. Nobody was written to."))
    else:
        messages.error(request, _("It has begun already and can no longer be stopped."))
    return redirect("my_line_news_item", public_id=public_id)


def _own(shop: Shop, public_id: str) -> Broadcast:
    return get_object_or_404(broadcasts_of(shop), public_id=public_id)
