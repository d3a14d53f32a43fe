"""The wish list: kept on the phone by a cookie, over all shops, without an account. Opening the page changes nothing;
only sending a form does (with JavaScript the heart of a page writes the same cookie)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ...forms.buyer.wish_list import MOST_WISHES, read_wishes, written
from ...queries.wish_list import wished_cards

COOKIE = "wishlist"
KEPT_SECONDS = 365 * 24 * 60 * 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wish_list(request: HttpRequest) -> HttpResponse:
    """What was kept, with the one that a page without JavaScript asks to keep."""
    kept = read_wishes(request.COOKIES.get(COOKIE, ""))
    if request.method == "POST":
        return _changed(request, kept)
    asked = read_wishes(request.GET.get("keep", ""))[:1]
    proposed = [wish for wish in asked if wish not in kept]
    at = timezone.now()
    cards = wished_cards(kept, at)
    shown = {wish for wish, _card in cards}
    gone = [wish for wish in kept if wish not in shown]
    context = {"cards": cards, "gone": gone, "proposed": wished_cards(proposed, at)}
    return render(request, "shop/wish_list.html", context)


def _changed(request: HttpRequest, kept: list[str]) -> HttpResponse:
    dropped = set(read_wishes(request.POST.get("drop", "")))
    added = read_wishes(request.POST.get("keep", ""))
    wishes = [*added, *(wish for wish in kept if wish not in dropped and wish not in added)][:MOST_WISHES]
    response = redirect("wish_list")
    response.set_cookie(
        COOKIE, written(wishes), max_age=KEPT_SECONDS, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response
