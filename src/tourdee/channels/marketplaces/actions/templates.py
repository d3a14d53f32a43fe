"""A seller's template: kept, its columns looked over, filled, and noted as uploaded."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee.core.text import clean_line, without_hostile
from tourdee.people.models import User
from tourdee.shop.actions.listings import Told, record_listing
from tourdee.shop.models import Shop, Variant

from ..keys import FIELDS, MARKETPLACES, Marketplace
from ..models import Template
from ..queries.goods import goods_for
from ..queries.recognised import recognised
from ..xlsx import Book, Value, filled, open_book

MOST_KEPT = 6  # of a shop, 2 MB each


class NothingChosen(Exception):
    """No item to write."""

    @property
    def message(self) -> str:
        return _("Please choose at least one product.")


class ColumnTwice(Exception):
    """One field was given to two columns."""

    @property
    def message(self) -> str:
        return _("Each thing can stand in one column only.")


def keep_template(*, shop: Shop, marketplace: Marketplace, upload: Any, at: datetime) -> Template:
    """Read the upload and keep it; the oldest goes when there are too many. Raises CannotRead."""
    book = open_book(upload)
    found = recognised(book, marketplace)
    name = clean_line(without_hostile(str(upload.name)), 120) or "template.xlsx"
    with transaction.atomic():
        template = Template.objects.create(
            shop=shop, marketplace=marketplace.slug, name=name, data=book.data, sheet=found.part,
            first_row=found.first_row, columns=found.columns, uploaded_at=at,
        )  # fmt: skip
        kept = Template.objects.filter(shop=shop).values_list("pk", flat=True)[:MOST_KEPT]
        Template.objects.filter(shop=shop).exclude(pk__in=list(kept)).delete()
    return template


@transaction.atomic
def set_columns(*, template: Template, fields: Mapping[int, str]) -> None:
    """The seller says which of our fields goes into which column; unknown columns and fields are passed over. Raises
    ColumnTwice."""
    wanted = {column: name for column, name in fields.items() if name in FIELDS}
    if len(set(wanted.values())) < len(wanted):
        raise ColumnTwice
    template.columns = [one | {"field": wanted.get(one["column"], "")} for one in template.columns]
    template.save(update_fields=["columns"])


@transaction.atomic
def fill_template(*, template: Template, variants: Sequence[str], at: datetime) -> bytes:
    """The template with a row for each chosen kind, as it is now; what the file says of price and stock is kept, to be
    noted once the seller has uploaded it. Raises NothingChosen."""
    marketplace = MARKETPLACES[template.marketplace]
    chosen = [one for one in goods_for(template.shop, marketplace) if one.variant.public_id in set(variants)]
    if not chosen:
        raise NothingChosen
    columns = {one["field"]: one["column"] for one in template.columns if one["field"]}
    rows = [_by_column(one.values, columns) for one in chosen]
    book = Book(bytes(template.data), ())
    made = filled(book, template.sheet, first_row=template.first_row, rows=rows)
    template.told = [[one.variant.public_id, one.variant.price_satang, one.variant.left] for one in chosen]
    template.filled_at = at
    template.save(update_fields=["told", "filled_at"])
    return made


def _by_column(values: Mapping[str, Value], columns: Mapping[str, int]) -> dict[int, Value]:
    return {column: values[name] for name, column in columns.items() if values.get(name, "") != ""}


@transaction.atomic
def say_uploaded(*, template: Template, by: User, at: datetime) -> int:
    """The seller uploaded the file last made: its kinds stand in the marketplace, at what the file said. Returns how
    many."""
    told = {public_id: (satang, pieces) for public_id, satang, pieces in template.told}
    mine = Variant.objects.filter(product__shop=template.shop_id, public_id__in=told)
    kinds = list(mine.select_related("product__shop__owner"))
    for kind in kinds:
        satang, pieces = told[kind.public_id]
        record_listing(
            item=kind, channel=template.marketplace, outside_id=kind.public_id,
            told=Told(price_satang=satang, stock=pieces), by=by, at=at,
        )  # fmt: skip
    Template.objects.filter(pk=template.pk).update(listed_at=at)
    return len(kinds)


@transaction.atomic
def forget_template(*, template: Template) -> None:
    """The file goes; what stands in the marketplace stays noted."""
    template.delete()
