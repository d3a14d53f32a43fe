"""What is still missing before something may be public."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from tourdee.legal import queries as legal
from tourdee.legal.models import Business

from ..models import Product, Shop, Tour
from .money import percent_back

THAI_LETTER = re.compile("[ก-๎]")  # vowels and marks too: as the form counts, and a seller
LETTERS_NEEDED = 30
DAY = 24
LEAST_BACK = [(30 * DAY, 100), (15 * DAY, 50)]  # TOUR-010: hours before the start, per cent
TOUR_TEXTS = ("name", "summary", "description", "included", "excluded", "transport", "meeting_point")
PRODUCT_TEXTS = ("name", "description", "unit")


@dataclass(frozen=True)
class Fault:
    """One thing to mend. ``part`` is the page where: details, prices, sale, pictures, terms, shop or money."""

    key: str
    part: str
    message: str


def faults_of(item: Tour | Product) -> list[Fault]:
    """Everything that stands between this and the public, the licence aside (licences.may_sell_tour)."""
    own = _tour_faults(item) if isinstance(item, Tour) else _product_faults(item)
    return [*_common_faults(item), *own]


def _common_faults(item: Tour | Product) -> list[Fault]:
    shop = item.shop
    texts = TOUR_TEXTS if isinstance(item, Tour) else PRODUCT_TEXTS
    written = "\n".join(getattr(item, f"{name}_{language}") for name in texts for language in ("th", "en"))
    faults = []
    if shop.status != Shop.Status.OPEN:
        faults.append(Fault("shop", "shop", _("Open your shop first.")))
    if not item.pictures.exists():
        faults.append(Fault("picture", "pictures", _("Add at least one picture.")))
    if len(THAI_LETTER.findall(item.description_th)) < LETTERS_NEEDED:
        faults.append(Fault("description", "details", _("Describe it in Thai with at least 30 letters.")))
    return [*faults, *_words(written)]


def _words(written: str) -> list[Fault]:
    said = {
        "inbox_price": _("Do not write “%(words)s”: the price must stand on the page (PRICE-001)."),
        "no_refund": _("Do not write “%(words)s”: refund terms must be fair (CPA-003)."),
    }
    return [Fault(found.key, "details", said[found.key] % {"words": found.words})
            for found in legal.forbidden_words(written)]  # fmt: skip


def _tour_faults(tour: Tour) -> list[Fault]:
    faults = _payee_faults(tour.seller)
    if tour.sold_as == Tour.SoldAs.PRIVATE:
        if not tour.private_prices.exists():
            faults.append(Fault("price", "sale", _("Give at least one price for a private group.")))
    elif not tour.prices.filter(is_active=True, seats__gte=1).exists():
        faults.append(Fault("price", "prices", _("Add at least one price with its seat.")))
    tiers = [(tier.hours_before, tier.refund_percent) for tier in tour.tiers.all()]
    if tour.kind == Tour.Kind.TOUR and not gives_back_enough(tiers):
        message = _("Tours give back everything 30 days before, and at least half 15 days before (TOUR-010).")
        faults.append(Fault("terms", "terms", message))
    return faults


def _product_faults(product: Product) -> list[Fault]:
    faults = _payee_faults(product.shop.business)
    if not product.variants.filter(is_active=True).exists():
        faults.append(Fault("price", "prices", _("Add a price and a stock number.")))
    if not product.unit_th.strip():
        faults.append(Fault("unit", "details", _("Say what the price is for, for example a piece.")))
    return faults


def _payee_faults(seller: Business) -> list[Fault]:
    if seller.promptpay:
        return []
    return [Fault("payee", "money", _("The seller has no PromptPay number yet, so nobody could pay."))]


def gives_back_enough(tiers: Sequence[tuple[int, int]]) -> bool:
    """Whether the tiers give at least what the law asks of a tour, at every moment from 15 days before on."""
    rows = [list(tier) for tier in tiers]
    moments = {hours for hours, _percent in LEAST_BACK} | {hours for hours, _ in tiers if hours >= LEAST_BACK[-1][0]}
    return all(percent_back(rows, timedelta(hours=hours)) >= _least(hours) for hours in moments)


def _least(hours: int) -> int:
    return next((percent for before, percent in LEAST_BACK if hours >= before), 0)
