"""The words of a post: what the seller writes, and what the law and the buyer need beside it."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from tourdee.core.dates import bangkok_day
from tourdee.core.money import baht
from tourdee.core.provinces import province_name
from tourdee.core.templatetags.tourdee import local
from tourdee.legal.models import Business
from tourdee.legal.queries import tour_licence_of
from tourdee.shop.models import Product, Tour
from tourdee.shop.queries.licences import may_sell_tour

Item = Tour | Product
LONGEST_BODY = 5000


def ready_body(item: Item, language: str) -> str:
    """A text to begin with: the name and what there is to say of it."""
    with translation.override(language):
        said = local(item, "summary") if isinstance(item, Tour) else local(item, "description")
        return f"{local(item, 'name')}\n\n{said}".strip()[:LONGEST_BODY]


def facts_of(item: Item, language: str, at: datetime) -> list[str]:
    """Price with its unit, place, who sells and under which licence: the lines that every post carries."""
    with translation.override(language):
        if isinstance(item, Tour):
            place = province_name(item.province, language)
            return [*_prices_of_tour(item), _("Place: %(place)s") % {"place": place}, *_seller(item.seller, item, at)]
        return [*_prices_of_product(item), *_seller(item.shop.business, None, at)]


def whole_text(*, body: str, item: Item, language: str, link: str, takes_comments: bool, at: datetime) -> str:
    """What stands on Facebook. ``takes_comments``: we hear of comments, so an order can be left there."""
    with translation.override(language):
        call = [_("Order here by writing “CF” and the number below this post, or book by yourself:")]
        last = [*(call if takes_comments else [_("Book here:")]), link]
    return "\n".join([body.strip(), "", *facts_of(item, language, at), "", *last])


def why_not(item: Item, at: datetime) -> str:
    """Why the item may not be posted, a word of reasons.py; nothing where it may."""
    if item.status != type(item).Status.PUBLISHED or item.shop.status != item.shop.Status.OPEN:
        return "not_on_sale"
    if isinstance(item, Tour) and not may_sell_tour(item, bangkok_day(at)):
        return "licence"
    return ""


def _prices_of_tour(tour: Tour) -> list[str]:
    if tour.sold_as == Tour.SoldAs.PRIVATE:
        rows = [
            _("up to %(people)s people %(price)s a party") % {"people": one.up_to, "price": baht(one.price_satang)}
            for one in tour.private_prices.all()
        ]
    else:
        rows = [
            _("%(who)s %(price)s per person") % {"who": local(one, "name"), "price": baht(one.price_satang)}
            for one in tour.prices.all()
            if one.is_active and one.price_satang
        ]
    return [_("Price: %(prices)s") % {"prices": " · ".join(rows)}] if rows else []


def _prices_of_product(product: Product) -> list[str]:
    unit = local(product, "unit")
    rows = [
        f"{local(one, 'name')} {_('%(price)s per %(unit)s') % {'price': baht(one.price_satang), 'unit': unit}}".strip()
        for one in product.variants.all()
        if one.is_active
    ]
    return [_("Price: %(prices)s") % {"prices": " · ".join(rows)}] if rows else []


def _seller(business: Business, tour: Tour | None, at: datetime) -> list[str]:
    """Name and address; for a tour also the number of the licence (a duty of who advertises tours)."""
    lines = [
        _("Sold by %(name)s, %(address)s") % {"name": business.name, "address": " ".join(business.address.split())}
    ]
    if tour is not None and tour.kind == Tour.Kind.TOUR:
        licence = tour_licence_of(business, bangkok_day(at))
        if licence:
            lines.append(_("Tour-business licence no. %(number)s") % {"number": licence.number})
    return lines
