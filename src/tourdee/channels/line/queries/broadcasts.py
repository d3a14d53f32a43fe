"""News: what it says, and how it went."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tourdee.core.dates import bangkok_day
from tourdee.shop.models import Shop
from tourdee.shop.queries.storefront.cards import tour_cards, with_card_facts
from tourdee.shop.queries.storefront.on_sale import tours_on_sale

from ..flex.parts import Json, card, coupon, tap, text
from ..models import Broadcast
from .screens.catalogue import next_dates, tour_card
from .screens.coupons import voucher_line
from .screens.menu import tile_tap

LONGEST = 1000  # signs of a text: more is read by nobody on a telephone


def broadcasts_of(shop: Shop) -> QuerySet[Broadcast]:
    """All news of a shop, newest first."""
    return Broadcast.objects.filter(shop=shop).select_related("tag", "about", "about_goods", "tour", "voucher")


def messages_of(news: Broadcast, at: datetime) -> list[Json]:
    """What everybody gets: the text, then a tour as a card, a coupon. All of it counts as one paid message a person."""
    ways = [tile_tap("tours"), tile_tap("person"), tap(_("No more news"), "a=stop")]
    made = [*_tour_message(news, at), *_coupon_messages(news, at)]
    if not made:
        return [text(news.text, ways)]
    made[-1] = {**made[-1], "quickReply": text("", ways)["quickReply"]}
    return [text(news.text), *made]


def _tour_message(news: Broadcast, at: datetime) -> list[Json]:
    if news.tour_id is None:
        return []
    rows = list(with_card_facts(tours_on_sale(bangkok_day(at)).filter(pk=news.tour_id, shop=news.shop_id), at))
    dates = next_dates(rows, at)
    return [
        card(made.name, tour_card(made, dates.get(row.pk, [])))
        for row, made in zip(rows, tour_cards(rows, at), strict=True)
    ]


def _coupon_messages(news: Broadcast, at: datetime) -> list[Json]:
    voucher = news.voucher
    if voucher is None or not voucher.is_active or voucher.valid_to <= at:
        return []
    made = getattr(voucher, "line_coupon", None)
    if made and made.outside_id and made.closed_at is None:
        return [coupon(voucher.line_coupon.outside_id)]
    return [text(voucher_line(voucher))]
