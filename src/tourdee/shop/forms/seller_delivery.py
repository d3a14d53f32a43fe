"""How goods reach the buyer: terms, zones with a price for each weight, and the question what a parcel would cost."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import BahtField, LineField, ProvincesField, TextField, WholeNumberField
from tourdee.core.places import places_of, read_postcode
from tourdee.core.regions import REGIONS
from tourdee.core.text import THAI_DIGITS

from ..actions.delivery import Terms, Zone
from ..models import DeliveryTerms, Shop
from ..queries.remote_places import USUALLY_REMOTE
from ..queries.shipping import POST, Delivery

LADDER = (250, 500, 1000, 2000, 3000, 5000, 10000)  # grams: the steps in which carriers price parcels
MOST_ZONES = 6
MOST_REMOTE = 200
HEAVIEST = 100_000  # grams
NUMBERS = re.compile(r"[0-9]+")
# An example to begin with: no carrier's list, and the page says so.
READY_ZONES = (
    {"name_th": "กรุงเทพฯ และปริมณฑล", "name_en": "Bangkok and its neighbours", "provinces": list(REGIONS["bangkok"]),
     "prices": (3500, 4000, 5000, 6500, 8000, 11000, 18000)},
    {"name_th": "ต่างจังหวัด", "name_en": "Other provinces", "provinces": [],
     "prices": (4000, 5000, 6000, 8000, 10000, 14000, 23000)},
)  # fmt: skip


class TermsForm(forms.Form):
    """Everything but the zones."""

    sends = forms.BooleanField(label=_("I send parcels"), required=False)
    by_zone = forms.TypedChoiceField(
        label=_("What does sending cost?"), coerce=lambda typed: typed == "zones", widget=forms.RadioSelect,
        choices=[("flat", _("One price for everywhere")), ("zones", _("By zone and weight"))],
    )  # fmt: skip
    flat_satang = BahtField(label=_("The one price, in baht"), max_value=500_000, help_text=_("0: sending is free."))
    free_from_satang = BahtField(
        label=_("Free shipping from, in baht"), required=False, min_value=1,
        help_text=_("When the goods of an order cost so much. Leave it empty if sending is never free."),
    )  # fmt: skip
    packing_grams = WholeNumberField(
        label=_("Box and padding weigh, in grams"),
        required=False,
        max_value=5000,
        help_text=_("Added to every parcel."),
    )
    surcharge_satang = BahtField(label=_("Extra for remote places, in baht"), required=False, max_value=100_000)
    remote_postcodes = TextField(
        label=_("Postcodes of remote places"), required=False, max_length=2000, rows=3,
        help_text=_("Islands and mountains. Each carrier has a list of its own: please compare."),
    )  # fmt: skip
    hands_over = forms.BooleanField(label=_("Buyers may fetch goods at my shop"), required=False)
    hand_over_th = LineField(
        label=_("Where and when"),
        required=False,
        max_length=300,
        help_text=_("“12 Moo 4, daily 9–17, please call first”."),
    )
    hand_over_en = LineField(label=_("Where and when, in English"), required=False, max_length=300)
    on_delivery = forms.BooleanField(label=_("Buyers may pay cash on delivery"), required=False)
    on_delivery_most_satang = BahtField(
        label=_("Up to, in baht"),
        required=False,
        min_value=1,
        help_text=_("What you could bear to lose the postage on."),
    )
    on_delivery_fee_satang = BahtField(
        label=_("Fee for it, in baht"), required=False, max_value=50_000, help_text=_("What the carrier asks of you.")
    )
    on_delivery_provinces = ProvincesField(label=_("Only in these provinces"), help_text=_("None ticked: everywhere."))
    return_days = WholeNumberField(
        label=_("Goods may be sent back within, in days"), max_value=60,
        help_text=_("Counted from when they arrive. What is broken or wrong may always be sent back."),
    )  # fmt: skip
    low_stock = WholeNumberField(label=_("Warn me when fewer are left than"), max_value=1000)

    def clean_remote_postcodes(self) -> list[str]:
        """Each once, in order; all must exist."""
        codes = NUMBERS.findall(self.cleaned_data["remote_postcodes"].translate(THAI_DIGITS))
        unknown = [code for code in codes[:MOST_REMOTE] if not places_of(code)]
        if unknown:
            raise ValidationError(
                gettext("There is no postcode %(codes)s.") % {"codes": ", ".join(unknown[:5])}, code="unknown"
            )
        return sorted(set(codes[:MOST_REMOTE]))

    def clean(self) -> dict[str, Any]:
        """Where goods are fetched must be said."""
        typed = super().clean() or {}
        if typed.get("hands_over") and not typed.get("hand_over_th") and "hand_over_th" not in self.errors:
            self.add_error("hand_over_th", gettext("Please tell buyers where and when they can fetch their goods."))
        return typed

    def terms(self) -> Terms:
        """What was typed, for the act; empty amounts are none."""
        typed = dict(self.cleaned_data)
        for name in ("packing_grams", "surcharge_satang", "on_delivery_fee_satang"):
            typed[name] = typed[name] or 0
        typed["on_delivery_most_satang"] = typed["on_delivery_most_satang"] or 300000
        return Terms(**typed)

    @staticmethod
    def values_of(shop: Shop) -> dict[str, Any]:
        """What stands in the rows; for a shop that never wrote any, what is usual."""
        terms = DeliveryTerms.objects.filter(shop=shop).first()
        row = terms or DeliveryTerms(shop=shop, remote_postcodes=USUALLY_REMOTE)
        values = {name: getattr(row, name) for name in TermsForm.base_fields if name != "flat_satang"}
        return values | {
            "flat_satang": shop.shipping_satang,
            "by_zone": "zones" if row.by_zone else "flat",
            "remote_postcodes": " ".join(row.remote_postcodes),
        }


class ZoneForm(forms.Form):
    """One zone: its provinces, and a price for each step of the ladder; an empty one is not offered."""

    name_th = LineField(label=_("Name of the zone"), max_length=60, required=False)
    name_en = LineField(label=_("Name in English"), max_length=60, required=False)
    provinces = ProvincesField(label=_("Which provinces?"), help_text=_("None ticked: everywhere else."))
    remove = forms.BooleanField(label=_("Take this zone away"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for grams in LADDER:
            label = gettext("up to %(weight)s") % {"weight": weight(grams)}
            self.fields[f"to_{grams}"] = BahtField(label=label, required=False, max_value=500_000)

    @property
    def ladder(self) -> list[forms.BoundField]:
        """The prices, lightest first."""
        return [self[f"to_{grams}"] for grams in LADDER]

    def zone(self) -> Zone | None:
        """What was typed; nothing without a price, or when it is taken away."""
        typed = self.cleaned_data
        steps = [[grams, typed[f"to_{grams}"]] for grams in LADDER if typed.get(f"to_{grams}") is not None]
        if not steps or typed.get("remove"):
            return None
        name = typed["name_th"] or gettext("Everywhere else")
        return Zone(name_th=name, name_en=typed["name_en"], provinces=typed["provinces"], steps=steps)


class _Zones(BaseFormSet):
    """No province in two zones, one zone for everywhere else, heavier never cheaper."""

    def clean(self) -> None:
        if any(self.errors):
            return
        zones = self.zones()
        named = [code for zone in zones for code in zone.provinces]
        if len(named) != len(set(named)):
            raise ValidationError(gettext("A province stands in two zones. Please leave it in one."))
        if sum(not zone.provinces for zone in zones) > 1:
            raise ValidationError(gettext("Two zones are for everywhere else. Please tick provinces in one of them."))
        for zone in zones:
            prices = [satang for _grams, satang in zone.steps]
            if prices != sorted(prices):
                raise ValidationError(
                    gettext("%(zone)s: a heavier parcel costs less than a lighter one.") % {"zone": zone.name_th}
                )

    def zones(self) -> list[Zone]:
        """What was typed, for the act."""
        return [zone for form in self.forms if form.has_changed() or form.initial if (zone := form.zone())]


def zone_forms(shop: Shop, data: Any = None, *, ready: bool = False) -> Any:
    """The zones that there are (or the ready list) and an empty one."""
    rows = [] if ready else [
        {"name_th": zone.name_th, "name_en": zone.name_en, "provinces": zone.provinces}
        | {f"to_{grams}": satang for grams, satang in zone.steps}
        for zone in shop.zones.all()
    ]  # fmt: skip
    rows = rows or [_ready(zone) for zone in READY_ZONES]
    made = formset_factory(ZoneForm, formset=_Zones, extra=1, max_num=MOST_ZONES, absolute_max=MOST_ZONES + 2)
    return made(data, initial=rows, prefix="zone")


def _ready(zone: Any) -> dict[str, Any]:
    prices = {f"to_{grams}": satang for grams, satang in zip(LADDER, zone["prices"], strict=True)}
    return {name: zone[name] for name in ("name_th", "name_en", "provinces")} | prices


def weight(grams: int) -> str:
    """``250 g`` or ``2 kg``."""
    if grams < 1000:
        return gettext("%(number)s g") % {"number": grams}
    return gettext("%(number)s kg") % {"number": f"{grams / 1000:g}"}


class TryForm(forms.Form):
    """What would a parcel cost?"""

    use_required_attribute = False

    postcode = LineField(label=_("Postcode"), max_length=10, widget=forms.TextInput({"inputmode": "numeric"}))
    grams = WholeNumberField(label=_("Goods weigh, in grams"), min_value=0, max_value=HEAVIEST, initial=500)
    goods_satang = BahtField(label=_("Goods cost, in baht"), initial=50000)

    def clean_postcode(self) -> str:
        """One that exists."""
        postcode = read_postcode(self.cleaned_data["postcode"])
        if not places_of(postcode):
            raise ValidationError(gettext("There is no postcode %(codes)s.") % {"codes": self.cleaned_data["postcode"]})
        return postcode

    def delivery(self) -> Delivery:
        """By post to there."""
        return Delivery(way=POST, postcode=self.cleaned_data["postcode"])
