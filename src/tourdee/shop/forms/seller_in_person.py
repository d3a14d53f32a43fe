"""What a seller types while a guest waits: who, what, how it is paid."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, PhoneField, QuantityField, TextField
from tourdee.core.money import baht
from tourdee.core.places import place, place_in
from tourdee.core.templatetags.tourdee import local

from ..actions.chat_orders import HOLDS, Agreed
from ..actions.counter import CASH, LATER, ON_THE_DAY, TRANSFER
from ..actions.orders import Buyer, Item, Wishes
from ..models import OrderLine, Tour, Variant
from ..queries.baskets import ANY_WAY, NOTHING_ELSE, PRIVATE
from ..queries.in_person import ToSell
from ..queries.shipping import POST, Delivery
from .party import PREFIX, PartyForm
from .seller_discount import OFF, DiscountForm
from .seller_sale_options import EXTRA, GUIDE, PICKUP, chosen_extras, chosen_wishes, option_fields

GOODS = "goods-"
LINK, ON_DELIVERY = "link", "on_delivery"
OF_GOODS = ("address", "handed_over")  # stand with the goods
HOLD_WORDS = [("1h", _("1 hour")), ("3h", _("3 hours")), ("24h", _("1 day")), ("72h", _("3 days"))]
ON_THE_DAY_CHOICE = (ON_THE_DAY, _("On the day, when the guest comes"))
HOW = [
    (CASH, _("Cash, I have it")), (TRANSFER, _("Transfer, I see it in my bank app")), (LATER, _("Show a PromptPay code")),
    ON_THE_DAY_CHOICE,
]  # fmt: skip
LINK_CHOICE = (LINK, _("Before, by the pay link"))


class InPersonForm(DiscountForm, PartyForm):
    """What is sold of the chosen date and of the goods, to whom, and what is taken off."""

    name = LineField(label=_("Guest's name"), max_length=120, min_length=1)
    phone = PhoneField(label=_("Mobile phone"), required=False)
    note = TextField(label=_("Note"), required=False, max_length=500, rows=2)

    def __init__(self, *args: Any, to_sell: ToSell, **kwargs: Any) -> None:
        super().__init__(*args, prices=to_sell.prices, **kwargs)
        self.departure, self.takes_money = to_sell.departure, to_sell.takes_money
        rows = {f"{GOODS}{variant.public_id}": _goods_row(variant) for variant in to_sell.variants}
        people = {name: field for name, field in self.fields.items() if name.startswith(PREFIX)}
        self.options = option_fields(to_sell.options)
        rest = {name: field for name, field in self.fields.items() if name in self.base_fields}
        self.fields = {**people, **self._private(), **self.options, **rows, **rest}

    def _private(self) -> dict[str, forms.Field]:
        """The whole date for one group, where the tour is sold so."""
        tour = self.departure.tour if self.departure else None
        if tour is None or tour.sold_as == Tour.SoldAs.JOIN_IN:
            return {}
        label, said = gettext("Private group: people"), gettext("The whole date for one group")
        return {PRIVATE: QuantityField(label=label, help_text=said, max_value=tour.maximum_group)}

    def party_needed(self) -> bool:
        """Goods alone are an order too."""
        return not self.items()

    def items(self) -> list[Item]:
        """Everything that was chosen."""
        typed = self.cleaned_data
        goods = [
            Item(variant=name.removeprefix(GOODS), quantity=number)
            for name, number in typed.items()
            if name.startswith(GOODS) and number
        ]
        return [*self._guests(), *chosen_extras(typed), *goods]

    def _guests(self) -> list[Item]:
        if self.departure is None:
            return []
        party = [*self.party(), (PRIVATE, self.cleaned_data.get(PRIVATE) or 0)]
        date = self.departure.public_id
        return [Item(departure=date, category=name, quantity=number) for name, number in party if number]

    def wishes(self) -> Wishes:
        """What was chosen beside the seats."""
        return chosen_wishes(self.departure.public_id, self.cleaned_data) if self.departure else NOTHING_ELSE

    def buyer(self, language: str = "") -> Buyer:
        """A name, and what else is known."""
        said = self.cleaned_data
        language = language or (get_language() or "th")[:2]
        return Buyer(name=said["name"], phone=said["phone"] or "", note=said["note"], language=language)

    def no_longer_offered(self, lines: Iterable[OrderLine]) -> list[OrderLine]:
        """Those of an order for which there is no row or choice any more."""
        return [line for line in lines if not self._offers(*row_of(line))]

    def _offers(self, name: str, value: object) -> bool:
        choices = getattr(self.fields.get(name), "choices", None)
        return value in dict(choices) if choices else name in self.fields

    def asked(self) -> dict[str, Any]:
        """What the sum depends on."""
        return {"items": self.items(), "wishes": self.wishes(), "discount": self.discount()}

    @property
    def rows(self) -> list[Any]:
        """Bound fields of people."""
        return [self[name] for name in self.fields if name.startswith(PREFIX) or name == PRIVATE]

    @property
    def option_rows(self) -> list[Any]:
        """Bound fields of extras, pick-up and language."""
        return [self[name] for name in self.options]

    @property
    def goods_rows(self) -> list[Any]:
        """Bound fields of goods."""
        return [self[name] for name in self.fields if name.startswith(GOODS)]

    @property
    def rest(self) -> list[Any]:
        """Who it is for and how it is paid."""
        return [self[name] for name in self.base_fields if name in self.fields and name not in {*OFF, *OF_GOODS}]


def row_of(line: OrderLine) -> tuple[str, Any]:
    """The row that a line of an order fills, and with what."""
    if line.variant:
        return f"{GOODS}{line.variant.public_id}", line.quantity
    if line.extra and line.departure:
        return f"{line.departure.public_id}{EXTRA}{line.extra.public_id}", line.quantity
    if line.pickup:
        return PICKUP, line.pickup.public_id
    if line.category:
        return f"{PREFIX}{line.category.public_id}", line.quantity
    return PRIVATE, line.seats


def as_typed(lines: Sequence[OrderLine]) -> dict[str, Any]:
    """What an order has, to begin with when it is changed; of the first departure only, which is what a chat order has."""
    language = next((line.guide_language for line in lines if line.guide_language), None)
    return dict(map(row_of, lines)) | ({GUIDE: language} if language else {})


def _goods_row(variant: Variant) -> QuantityField:
    name = " · ".join(part for part in (local(variant.product, "name"), local(variant, "name")) if part)
    left = gettext("%(left)s left") % {"left": variant.left}
    return QuantityField(label=name, help_text=f"{baht(variant.price_satang)} · {left}")


def _on_delivery_words(fee_satang: int) -> str:
    if not fee_satang:
        return gettext("In cash when the parcel arrives (goods)")
    return gettext("In cash when the parcel arrives (goods), %(fee)s more") % {"fee": baht(fee_satang)}


def _narrow(field: Any, choices: Iterable[tuple[str, Any]]) -> None:
    """Offer only these; the first is chosen."""
    field.choices = list(choices)
    field.initial = field.choices[0][0]


class ChatForm(InPersonForm):
    """When it is paid, how long it is kept, and in which language the guest reads."""

    how = forms.ChoiceField(
        label=_("When is it paid?"), choices=[LINK_CHOICE], initial=LINK, widget=forms.RadioSelect, required=False
    )
    address = TextField(
        label=_("Send to"), required=False, max_length=300, rows=3,
        help_text=_("Copy the address from the chat. If you leave it empty, the guest fills it in by the link."),
    )  # fmt: skip
    hold = forms.ChoiceField(label=_("Keep it for"), choices=HOLD_WORDS, initial="3h", widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("The guest reads"), choices=[("th", "ไทย"), ("en", "English")], initial="th", widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, to_sell: ToSell, **kwargs: Any) -> None:
        super().__init__(*args, to_sell=to_sell, **kwargs)
        field: Any = self.fields["how"]
        if self.departure and self.takes_money:
            field.choices = [*field.choices, ON_THE_DAY_CHOICE]
        if to_sell.on_delivery is not None:
            field.choices = [*field.choices, (ON_DELIVERY, _on_delivery_words(to_sell.on_delivery))]
            field.help_text = gettext(
                "Your shop takes cash on delivery, so for goods the guest may choose it by the link, too."
            )
        if len(field.choices) == 1:
            del self.fields["how"]
        if not to_sell.sends:
            del self.fields["address"]

    def clean_address(self) -> Delivery:
        """Where to send it, as far as it was said."""
        typed = self.cleaned_data["address"]
        if not typed:
            return ANY_WAY
        found = place_in(typed)
        if found is None:
            raise forms.ValidationError(
                gettext("Please write house, sub-district and postcode, for example: 12 Moo 3, T. Suthep, 50200.")
            )
        house, there = found
        return Delivery(way=POST, postcode=there.postcode, subdistrict=there.code, house=house[:200])

    def for_how_long(self) -> timedelta:
        """As chosen."""
        return HOLDS[self.cleaned_data["hold"]]

    def guest(self) -> Buyer:
        """In the language that the seller chose, with the address as a person reads it."""
        buyer = self.buyer(self.cleaned_data["language"])
        there = place(self.delivery.subdistrict, self.delivery.postcode)
        return replace(buyer, address=f"{self.delivery.house}\n{there.line(buyer.language)}") if there else buyer

    @property
    def delivery(self) -> Delivery:
        """Where to, or that nobody knows it yet."""
        return self.cleaned_data.get("address") or ANY_WAY

    def agreed(self) -> Agreed:
        """Everything beside the things themselves."""
        how = self.cleaned_data.get("how")
        return Agreed(
            wishes=self.wishes(), discount=self.discount(), on_the_day=how == ON_THE_DAY, on_delivery=how == ON_DELIVERY,
            delivery=self.delivery,
        )  # fmt: skip

    def asked(self) -> dict[str, Any]:
        """A fee may come to it, and it depends on where it is sent."""
        return super().asked() | {"on_delivery": self.agreed().on_delivery, "delivery": self.delivery}


class CounterForm(InPersonForm):
    """How the guest pays, and whether the goods go along at once."""

    how = forms.ChoiceField(label=_("How is it paid?"), choices=HOW, initial=CASH, widget=forms.RadioSelect)
    handed_over = forms.BooleanField(
        label=_("The guest takes the goods along now"), required=False, initial=True,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.goods_rows:
            del self.fields["handed_over"]
        if not self.takes_money:  # the partner is paid, and looks into the bank
            _narrow(self.fields["how"], [one for one in HOW if one[0] == LATER])
        elif self.departure is None:
            _narrow(self.fields["how"], [one for one in HOW if one[0] != ON_THE_DAY])
