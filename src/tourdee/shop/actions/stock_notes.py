"""Telling those who wait for a sold-out product that it is there again."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tourdee.core import mail
from tourdee.core.periodic import each_in_turn
from tourdee.core.templatetags.tourdee import local
from tourdee.people.actions import BudgetSpent, spend
from tourdee.people.queries import KnownAs

from ..models import Product, StockNote, Variant
from ..queries.storefront.on_sale import products_on_sale
from ..queries.visitors import stock_notes_of

WINDOW, MOST_FROM_ONE_ADDRESS = timedelta(hours=1), 10
FORGOTTEN_AFTER = timedelta(days=30)


class TooManyNotes(Exception):
    """Too many wishes of one network address in this hour."""

    @property
    def message(self) -> str:
        return _("Many were asked for from here in the last hour. Please try again later.")


@transaction.atomic
def ask_for_stock(*, product: Product, email: str, language: str, source: str, at: datetime) -> bool:
    """Remember to tell this address when the product is there again. ``False``: it waits already. ``source`` is the
    network address, which is counted and not kept. Raises TooManyNotes."""
    try:
        spend(what="stock note", subject=source, limit=MOST_FROM_ONE_ADDRESS, window=WINDOW, at=at)
    except BudgetSpent as spent:
        raise TooManyNotes from spent
    values = {"language": language, "asked_at": at}
    _note, fresh = StockNote.objects.get_or_create(product=product, email=email, told_at=None, defaults=values)
    return fresh


def tell_of_stock(at: datetime) -> int:
    """Write to those whose product can be bought again; forget who was told a month ago. Returns how many were told.
    Each is marked before the letter goes, and unmarked if it could not."""
    StockNote.objects.filter(told_at__lt=at - FORGOTTEN_AFTER).delete()
    left = Variant.objects.filter(product=OuterRef("product"), is_active=True, stock__gt=F("reserved"))
    waiting = StockNote.objects.filter(Exists(left), told_at__isnull=True, product__in=products_on_sale())
    return each_in_turn(waiting.select_related("product__shop"), lambda note: _told(note, at))


@transaction.atomic
def forget_stock_notes_of(*, known: KnownAs) -> int:
    """Nothing is written to somebody who is forgotten. Returns how many wishes."""
    return stock_notes_of(known).delete()[0]


@transaction.atomic
def _told(note: StockNote, at: datetime) -> bool:
    if not StockNote.objects.filter(pk=note.pk, told_at__isnull=True).update(told_at=at):
        return False
    _write(note)
    return True


def _write(note: StockNote) -> None:
    with translation.override(note.language):
        name = local(note.product, "name")
        link = settings.SITE_URL + reverse("product", args=[note.product.shop.slug, note.product.public_id])
        subject = _("%(name)s is there again") % {"name": name}
    mail.post(
        to=note.email, subject=subject, template="shop/messages/stock_is_back",
        context={"name": name, "link": link}, language=note.language,
    )  # fmt: skip
