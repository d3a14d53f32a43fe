"""What a seller types while a guest waits: who, what, how it is paid."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, PhoneField, QuantityField, TextField
from tourdee.core.money import baht
from tourdee.core.templatetags.tourdee import local

from ..actions.chat_orders import HOLDS
from ..actions.counter import CASH, LATER, TRANSFER
from ..actions.orders import Buyer, Item
from ..models import Departure, PriceCategory, Variant
from .party import PartyForm

GOODS = "goods-"
HOLD_WORDS = [("1h", _("1 hour")), ("3h", _("3 hours")), ("24h", _("1 day")), ("72h", _("3 days"))]
HOW = [
    (CASH, _("Cash, I have it")), (TRANSFER, _("Transfer, I see it in my bank app")), (LATER, _("Show a PromptPay code")),
]  # fmt: skip


class InPersonForm(PartyForm):
    """People of the chosen departure, pieces of goods, a name. ``departure`` may be none: then goods alone."""

    name = LineField(label=_("Guest's name"), max_length=120, min_length=1)
    phone = PhoneField(label=_("Mobile phone"), required=False)
    note = TextField(label=_("Note"), required=False, max_length=500, rows=2)

    def __init__(
        self, *args: Any, departure: Departure | None, prices: Iterable[PriceCategory], variants: Iterable[Variant],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, prices=prices, **kwargs)
        self.departure = departure
        rows = {f"{GOODS}{variant.public_id}": _goods_row(variant) for variant in variants}
        people = {name: field for name, field in self.fields.items() if name not in self.base_fields}
        rest = {name: field for name, field in self.fields.items() if name in self.base_fields}
        self.fields = {**people, **rows, **rest}

    def party_needed(self) -> bool:
        """Goods alone are an order too."""
        return not self.items()

    def items(self) -> list[Item]:
        """Everything that was chosen."""
        typed = self.cleaned_data
        seats = [
            Item(departure=self.departure.public_id, category=name, quantity=number) if self.departure else None
            for name, number in self.party()
        ]
        goods = [
            Item(variant=name.removeprefix(GOODS), quantity=number)
            for name, number in typed.items()
            if name.startswith(GOODS) and number
        ]
        return [*(item for item in seats if item), *goods]

    def buyer(self, language: str = "") -> Buyer:
        """A name, and what else is known."""
        said = self.cleaned_data
        language = language or (get_language() or "th")[:2]
        return Buyer(name=said["name"], phone=said["phone"] or "", note=said["note"], language=language)

    @property
    def rows(self) -> list[Any]:
        """Bound fields of people."""
        return [self[name] for name in self.fields if name.startswith("people-")]

    @property
    def goods_rows(self) -> list[Any]:
        """Bound fields of goods."""
        return [self[name] for name in self.fields if name.startswith(GOODS)]

    @property
    def rest(self) -> list[Any]:
        """The other bound fields."""
        return [self[name] for name in self.fields if not name.startswith(("people-", GOODS))]


def _goods_row(variant: Variant) -> QuantityField:
    name = " · ".join(part for part in (local(variant.product, "name"), local(variant, "name")) if part)
    left = now("%(left)s left") % {"left": variant.left}
    return QuantityField(label=name, help_text=f"{baht(variant.price_satang)} · {left}")


class ChatForm(InPersonForm):
    """How long it is kept, and in which language the guest reads."""

    hold = forms.ChoiceField(label=_("Keep it for"), choices=HOLD_WORDS, initial="3h", widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("The guest reads"), choices=[("th", "ไทย"), ("en", "English")], initial="th", widget=forms.RadioSelect
    )

    def for_how_long(self) -> timedelta:
        """As chosen."""
        return HOLDS[self.cleaned_data["hold"]]

    def guest(self) -> Buyer:
        """In the language that the seller chose."""
        return self.buyer(self.cleaned_data["language"])


class CounterForm(InPersonForm):
    """How the guest pays, and whether the goods go along at once."""

    how = forms.ChoiceField(label=_("How is it paid?"), choices=HOW, initial=CASH, widget=forms.RadioSelect)
    handed_over = forms.BooleanField(
        label=_("The guest takes the goods along now"), required=False, initial=True,
    )  # fmt: skip

    def __init__(self, *args: Any, takes_money: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.goods_rows:
            del self.fields["handed_over"]
        if not takes_money:
            field: Any = self.fields["how"]
            field.choices, field.initial = HOW[-1:], LATER
