"""What a seller hands out: the short link, a ready text, posters to print."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tourdee.core.qr import qr_svg

from ...actions.sharing import short_link_of
from ...queries.share_picture import poster
from ...queries.sharing import Item, card_of, own_item, short_address
from ...queries.storefront.share_cards import card_address
from .access import PersonRequest

SIZES = ("a4", "a5")


def _own(request: PersonRequest, kind: str, public_id: str) -> Item:
    item = own_item(request.user, kind, public_id)
    if item is None:
        raise Http404
    return item


@require_safe
@login_required
def share_item(request: PersonRequest, kind: str, public_id: str) -> HttpResponse:
    """Everything to share one item."""
    item = _own(request, kind, public_id)
    card, address = card_of(item, timezone.now()), short_address(short_link_of(item))
    text = "\n".join(line for line in (card.title, card.place, card.price, address) if line)
    context = {
        "card": card, "item": item, "address": address, "text": text, "picture": card_address(card),
        "public": item.status in {"open", "published"}, "code": qr_svg(address, label=_("Code that opens this page")),
    }  # fmt: skip
    return render(request, "shop/seller/share_item.html", context)


@require_safe
@login_required
def poster_file(request: PersonRequest, kind: str, public_id: str, size: str, language: str) -> HttpResponse:
    """A poster as PDF, in the language asked for."""
    item = _own(request, kind, public_id)
    if size not in SIZES or language not in {"th", "en"}:
        raise Http404
    address = short_address(short_link_of(item))
    with translation.override(language):
        call = _("Scan, see the dates, book") if kind == "tour" else _("Scan and look")
        drawn = poster(card_of(item, timezone.now()), size=size, address=address, call=call)
    response = HttpResponse(drawn, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="tourdee-poster-{size}-{language}.pdf"'
    return response
