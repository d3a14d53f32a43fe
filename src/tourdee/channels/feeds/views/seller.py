"""A seller's feeds: the addresses to copy, what is missing, and where to paste them."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tourdee.core.dates import bangkok_day
from tourdee.shop.queries.selling import shop_of

from ..actions.feeds import check_feeds, say_pasted, say_taken_out
from ..models import BrokenFile, Feed
from ..queries.checked import CheckedFeed, all_feeds, checked_feed
from ..readers import READERS
from ..writing import FORMATS


@require_safe
@login_required
def my_feeds(request: Any) -> HttpResponse:
    """All readers: how many items each is told of, and how many are left out."""
    shop = shop_of(request.user)
    if shop is None or shop.opened_at is None:
        return redirect("open_shop")
    known = {one.reader: one for one in Feed.objects.filter(shop=shop)}
    feeds = [
        (feed, known.get(feed.reader.slug), addresses(shop.slug, feed)[0][1])
        for feed in all_feeds(shop, bangkok_day(timezone.now()))
    ]
    return render(request, "feeds/my_feeds.html", {"shop": shop, "feeds": feeds})


@require_safe
@login_required
def my_feed(request: Any, reader: str) -> HttpResponse:
    """One reader: address, steps, and every item that is in or left out."""
    shop = shop_of(request.user)
    if reader not in READERS:
        raise Http404
    if shop is None or shop.opened_at is None:
        return redirect("open_shop")
    language = "en" if request.GET.get("lang") == "en" and READERS[reader].kinds == "goods" else "th"
    feed = checked_feed(shop, READERS[reader], bangkok_day(timezone.now()), language)
    context = {
        "shop": shop,
        "feed": feed,
        "language": language,
        "state": Feed.objects.filter(shop=shop, reader=reader).first(),
        "broken": BrokenFile.objects.filter(shop=shop, reader=reader),
        "addresses": addresses(shop.slug, feed),
        "reachable": settings.SITE_URL.startswith("https://"),
    }
    return render(request, "feeds/my_feed.html", context)


def addresses(slug: str, feed: CheckedFeed) -> list[tuple[str, str]]:
    """The kinds of files of a feed and where each stands."""
    tail = "?lang=en" if feed.language == "en" else ""
    return [
        (ending.upper(), f"{settings.SITE_URL}{reverse('feed_file', args=[slug, reader, ending])}{tail}")
        for reader, ending in FORMATS
        if reader == feed.reader.slug
    ]


@require_POST
@login_required
def check(request: Any) -> HttpResponse:
    """Look at everything again now."""
    shop = shop_of(request.user)
    if shop is None:
        return redirect("open_shop")
    accepted = check_feeds(shop=shop, at=timezone.now())
    if accepted:
        names = ", ".join(READERS[slug].name for slug in accepted)
        messages.success(request, _("Nothing is missing for %(names)s.") % {"names": names})
    else:
        messages.info(request, _("Checked. What is still missing stands below."))
    return redirect("my_feeds")


@require_POST
@login_required
def pasted(request: Any, reader: str) -> HttpResponse:
    """The seller pasted the address, or took it out again."""
    shop = shop_of(request.user)
    if shop is None or reader not in READERS:
        raise Http404
    if request.POST.get("out"):
        say_taken_out(shop=shop, reader=READERS[reader], at=timezone.now())
        messages.success(request, _("Noted: the address is not used there any more."))
    else:
        say_pasted(shop=shop, reader=READERS[reader], by=request.user, at=timezone.now())
        messages.success(request, _("Noted. From now on you see here when it was fetched."))
    return redirect("my_feed", reader=reader)
