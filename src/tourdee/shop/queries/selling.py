"""What a seller sees of the own shop."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tourdee.core.dates import bangkok_day, clock, long_date
from tourdee.core.ids import ALPHABET
from tourdee.core.provinces import province_name
from tourdee.learn.queries import cost_sheets_of, result_of
from tourdee.legal import queries as legal
from tourdee.legal.models import OperatorAgreement
from tourdee.people.models import User

from ..models import Departure, FormerSlug, Order, Picture, PriceCategory, Product, Shop, Tour, Variant
from .prices import lowest_private

STATUS = Order.Status
STATUS_WORDS = {
    STATUS.AWAITING_PAYMENT: gettext_lazy("Waiting for payment"),
    STATUS.SLIP_REVIEW: gettext_lazy("Money to check"),
    STATUS.CONFIRMED: gettext_lazy("Confirmed"),
    STATUS.EXPIRED: gettext_lazy("Not paid in time"),
    STATUS.CANCELLED: gettext_lazy("Cancelled"),
    STATUS.PAID_NO_SEAT: gettext_lazy("Paid, but no seat"),
}


@dataclass(frozen=True)
class Step:
    """One of the five steps of opening. ``key`` stands in its address; an ``optional`` one keeps nobody from opening."""

    key: str
    title: str
    done: bool
    optional: bool = False


@dataclass(frozen=True)
class NextStep:
    """One line of the seller's check list. ``url_name`` is where it is done."""

    key: str
    title: str
    done: bool
    url_name: str


@dataclass(frozen=True)
class PriceHelp:
    """A saved calculation, to set a price with. Amounts in satang, each per guest or piece."""

    public_id: str
    name: str
    cost_each: int
    suggested: int | None
    break_even: int | None


def shop_of(user: Any) -> Shop | None:
    """The person's shop, draft or open; people have one."""
    return Shop.objects.filter(owner=user).select_related("business", "owner", "delivery_terms").first()


def opening_steps(shop: Shop | None) -> list[Step]:
    """The steps and which are done; after them comes the look at everything, and the button."""
    business = shop.business if shop else None
    seller = bool(business and business.name and business.address and business.phone)
    return [
        Step("name", _("Name"), shop is not None),
        Step("seller", _("Who sells"), seller),
        Step("money", _("Money"), bool(business and business.promptpay and business.promptpay_name)),
        Step("story", _("Story"), bool(shop and (shop.story_th or shop.cover)), optional=True),
    ]


def free_slug(name_en: str, province: int) -> str:
    """An address for a shop that nobody has: from its English name, else from its province and four letters."""
    base = slugify(name_en)[:48].strip("-")
    tail = "".join(secrets.choice(ALPHABET) for _ in range(4))
    if len(base) < 3:
        base = f"{slugify(province_name(province, 'en'))}-{tail}"
    taken = Shop.objects.filter(slug=base).exists() or FormerSlug.objects.filter(slug=base).exists()
    return f"{base}-{tail}" if taken else base


def check_list(shop: Shop, at: datetime) -> list[NextStep]:
    """From the open shop to the first paid order."""
    today = bangkok_day(at)
    tours = Tour.objects.filter(shop=shop, status=Tour.Status.PUBLISHED).exists()
    products = Product.objects.filter(shop=shop, status=Product.Status.PUBLISHED).exists()
    paid = Order.objects.filter(shop=shop, status=STATUS.CONFIRMED).exists()
    return [
        NextStep("open", _("Open the shop"), shop.status == Shop.Status.OPEN, "open_shop"),
        NextStep("papers", _("Have your papers checked"), legal.papers_complete(shop.business, today), "my_papers"),
        NextStep("tour", _("Publish the first tour or workshop"), tours, "new_tour"),
        NextStep("product", _("Publish the first product"), products, "new_product"),
        NextStep("order", _("First paid order: share your shop"), paid, "share_shop"),
    ]


def tours_for_seller(shop: Shop, at: datetime) -> list[Tour]:
    """All tours of a shop, drafts too, newest first. Each has ``picture_path``, ``from_satang``, ``next_start`` and
    ``dates`` (how many lie ahead). One query, and two where some are sold to private parties alone."""
    ahead = Departure.objects.filter(tour=OuterRef("pk"), starts_at__gt=at, status=Departure.Status.OPEN)
    prices = PriceCategory.objects.filter(tour=OuterRef("pk"), is_active=True, seats__gte=1).order_by("price_satang")
    tours = Tour.objects.filter(shop=shop).select_related("operator").order_by("-pk")
    found: list[Any] = list(
        tours.annotate(
            picture_path=_first_picture("tour"),
            from_satang=Subquery(prices.values("price_satang")[:1]),
            next_start=Subquery(ahead.order_by("starts_at").values("starts_at")[:1]),
            dates=Subquery(ahead.order_by().values("tour").annotate(number=Count("pk")).values("number")),
        )
    )
    private = [tour for tour in found if tour.sold_as == Tour.SoldAs.PRIVATE]
    cheapest = lowest_private([tour.pk for tour in private], at)
    for tour in private:
        tour.from_satang = cheapest.get(tour.pk, (None, 0))[0]
    return found


def products_for_seller(shop: Shop) -> list[Product]:
    """All products of a shop, drafts too, newest first. Each has ``picture_path``, ``from_satang`` and ``pieces``."""
    variants = Variant.objects.filter(product=OuterRef("pk"), is_active=True)
    sums = variants.order_by().values("product").annotate(pieces=Sum("stock") - Sum("reserved"))
    return list(
        Product.objects.filter(shop=shop)
        .order_by("-pk")
        .annotate(
            picture_path=_first_picture("product"),
            from_satang=Subquery(variants.order_by("price_satang").values("price_satang")[:1]),
            pieces=Subquery(sums.values("pieces")),
        )
    )


def _first_picture(of: str) -> Subquery:
    return Subquery(Picture.objects.filter(**{of: OuterRef("pk")}).order_by("position", "id").values("path")[:1])


def dates_of(tour: Tour, at: datetime) -> tuple[list[Departure], list[Departure]]:
    """The departures ahead, soonest first, and the thirty newest of those that are over."""
    ahead = list(tour.departures.filter(starts_at__gt=at).order_by("starts_at"))
    return ahead, list(tour.departures.filter(starts_at__lte=at).order_by("-starts_at")[:30])


def departures_for(user: User) -> QuerySet[Departure]:
    """The departures whose guests a person may see: of the own shop, and those sold under the own licence."""
    mine = Q(tour__shop__owner=user) | Q(tour__operator__owner=user)
    return Departure.objects.filter(mine).select_related("tour__shop", "tour__operator")


def departures_soon(user: User, at: datetime, days: int = 14) -> list[Departure]:
    """The next departures with guests, for whoever leads or sells them."""
    soon = departures_for(user).filter(taken__gt=0, starts_at__gt=at - timedelta(hours=12))
    return list(soon.filter(starts_at__lt=at + timedelta(days=days)).order_by("starts_at")[:10])


def order_status_words(status: str) -> str:
    """An order's status as the seller reads it."""
    return str(STATUS_WORDS[STATUS(status)])


def order_counts(orders: QuerySet[Order]) -> dict[str, int]:
    """How many orders there are of each status, for the tabs."""
    counted = dict(orders.order_by().values_list("status").annotate(Count("pk")))
    return {status: counted.get(status, 0) for status in STATUS.values}


def price_help(user: User, kind: str) -> list[PriceHelp]:
    """The person's saved calculations of topic 3 for tours or products, newest first, at most five."""
    found = []
    for sheet in cost_sheets_of(user).filter(kind=kind)[:5]:
        result = result_of(sheet)
        suggested = result.suggested_price
        found.append(PriceHelp(sheet.public_id, sheet.name, result.cost_each, suggested, result.break_even))
    return found


def operators_for(shop: Shop, at: datetime) -> Iterable[OperatorAgreement]:
    """The partner agreements under which this shop's tours may be sold today."""
    return legal.partners_of(shop.business, bangkok_day(at))


def date_choices(departures: Iterable[Departure]) -> list[tuple[str, str]]:
    """Departures as choices of a form: day, time and how many seats are left."""
    language = get_language() or "th"
    return [
        (
            one.public_id,
            _("%(day)s %(time)s, %(left)s seats left")
            % {"day": long_date(one.starts_at, language), "time": clock(one.starts_at, language), "left": one.left},
        )
        for one in departures
    ]


def other_dates(order: Order, at: datetime) -> list[Departure]:
    """Dates of the same tours to which a paid order without seats could move, soonest first, with room for what would
    move."""
    dates: defaultdict[int, Counter[Departure]] = defaultdict(Counter)
    for line in order.lines.all():
        if line.departure:
            dates[line.departure.tour_id][line.departure] += line.seats
    room = Q(pk__in=[])
    for tour, parties in dates.items():
        room |= Q(tour=tour, taken__lte=F("capacity") - _to_move(parties))
    open_dates = Departure.objects.filter(room, status=Departure.Status.OPEN, starts_at__gt=at)
    return list(open_dates.select_related("tour").order_by("starts_at")[:12])


def _to_move(parties: Counter[Departure]) -> int:
    """The seats of the first date that has no room for them, as where the seller moves them."""
    by_day = sorted(parties, key=attrgetter("starts_at"))
    return next((parties[date] for date in by_day if date.left < parties[date]), parties[by_day[0]])
