"""The shelf: pieces in and out with a reason, and a table of counts that comes back from a spreadsheet."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, WholeNumberField
from tourdee.core.spreadsheets import read_rows
from tourdee.core.text import whole_number

from ..actions.stock_room import Count, full_name
from ..models import StockMovement, Variant

KIND = StockMovement.Kind
MOST = 100_000
SALT = "tourdee.shop.counts"
KEY = r"[A-Za-z0-9_-]{16,40}"


def new_key() -> str:
    """A form's own key: sent twice, it acts once."""
    return secrets.token_urlsafe(18)


class MoveForm(forms.Form):
    """Pieces come or go, or were counted."""

    kind = forms.ChoiceField(
        label=_("What happened?"), widget=forms.RadioSelect,
        choices=[
            (KIND.ARRIVED, _("Pieces came in")),
            (KIND.TAKEN_OUT, _("Pieces went out (sold elsewhere, broken, a gift)")),
            (KIND.COUNTED, _("I counted them")),
        ],
    )  # fmt: skip
    pieces = WholeNumberField(label=_("How many"), max_value=MOST)
    reason = LineField(label=_("Why?"), max_length=200, required=False, help_text=_("For your own memory."))
    seen = WholeNumberField(widget=forms.HiddenInput, max_value=10 * MOST)
    key = forms.RegexField(KEY, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Nothing coming or going is no movement."""
        typed = super().clean() or {}
        if typed.get("pieces") == 0 and typed.get("kind") != KIND.COUNTED:
            self.add_error("pieces", gettext("Please type how many."))
        return typed

    @property
    def change(self) -> int:
        """Pieces more (or fewer, below 0)."""
        pieces, kind = self.cleaned_data["pieces"], self.cleaned_data["kind"]
        if kind == KIND.COUNTED:
            return int(pieces - self.cleaned_data["seen"])
        return int(pieces if kind == KIND.ARRIVED else -pieces)


class CountsForm(forms.Form):
    """The table that was taken out, filled in, as CSV or XLSX."""

    table = forms.FileField(label=_("The table with your counts (CSV or XLSX)"))


@dataclass(frozen=True)
class CountRow:
    """A line of the table: what it changes, or what is wrong with it."""

    number: int
    name: str
    was: int | None = None
    counted: int | None = None
    problem: str = ""


def read_counts(upload: Any, variants: Sequence[Variant]) -> tuple[list[CountRow], list[Count]]:
    """The lines of a table by the variants' codes; lines without a count are left out. Raises
    core.spreadsheets.BadSheet."""
    by_code = {variant.public_id: variant for variant in variants}
    rows, counts = [], []
    seen: set[str] = set()
    for number, cells in _lines(upload):
        row = _count_row(number, cells, by_code, seen)
        if row is None:
            continue
        rows.append(row)
        if not row.problem and row.counted is not None:
            variant = by_code[cells[0]]
            counts.append(Count(variant=variant, counted=row.counted, seen=variant.stock))
    return rows, counts


def _lines(upload: Any) -> list[tuple[int, list[str]]]:
    """Number and the five cells of each line below the header."""
    return [(row.number, [row.text(place).strip() for place in range(5)]) for row in read_rows(upload)[1:]]


def sealed(counts: Sequence[Count]) -> str:
    """The counts for the button below the preview; nobody else can make such a text."""
    return signing.dumps([[one.variant.public_id, one.counted, one.seen] for one in counts], salt=SALT, compress=True)


def unsealed(text: str, variants: Sequence[Variant]) -> list[Count]:
    """The counts again; none where the text is forged or older than an hour."""
    by_code = {variant.public_id: variant for variant in variants}
    try:
        rows = signing.loads(text, salt=SALT, max_age=3600)
    except signing.BadSignature:
        return []
    return [Count(variant=by_code[code], counted=counted, seen=seen) for code, counted, seen in rows if code in by_code]


def _count_row(number: int, cells: list[str], by_code: dict[str, Variant], seen: set[str]) -> CountRow | None:
    code, typed = cells[0], cells[4]
    if not code or not typed:
        return None
    variant = by_code.get(code)
    if variant is None:
        return CountRow(number, cells[1], problem=gettext("This code is none of your shop."))
    if code in seen:
        return CountRow(number, full_name(variant), problem=gettext("This variant stands twice in the table."))
    seen.add(code)
    counted = whole_number(typed)
    if counted is None or counted > MOST:
        return CountRow(number, full_name(variant), problem=gettext("“%(typed)s” is no count.") % {"typed": typed[:20]})
    if counted < variant.reserved:
        fewer = gettext("%(reserved)s are already ordered, so it cannot be less.") % {"reserved": variant.reserved}
        return CountRow(number, full_name(variant), variant.stock, counted, fewer)
    return CountRow(number, full_name(variant), variant.stock, counted)
