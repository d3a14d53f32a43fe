"""News as a seller writes it, and the yes to sending it."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.dates import at_bangkok
from tourdee.core.forms.fields import TextField, ThaiDateField, WholeNumberField
from tourdee.core.templatetags.tourdee import local
from tourdee.shop.models import Product, Shop, Tour, Voucher

from ..actions.broadcasts import News
from ..models import Broadcast, Tag
from ..queries.audiences import tags_of
from ..queries.broadcasts import LONGEST

AUDIENCE = Broadcast.Audience
AUDIENCES = {
    AUDIENCE.EVERYONE: _("All followers"),
    AUDIENCE.BOUGHT: _("Who has bought something"),
    AUDIENCE.INTERESTED: _("Who looked at something and did not buy it"),
    AUDIENCE.NOT_BOUGHT: _("Who has not bought anything yet"),
    AUDIENCE.UNSEEN: _("Who has not been here for a while"),
    AUDIENCE.TAGGED: _("One of my groups"),
}


def _choice(of: Any, label: Any, nothing: Any) -> Any:
    """One of the shop's own rows, named by its public id; ``nothing`` is said where none is chosen."""
    return forms.ModelChoiceField(
        of.objects.none(), to_field_name="public_id", label=label, required=False, empty_label=nothing
    )


def _named(rows: Any) -> list[tuple[str, str]]:
    return [(one.public_id, local(one, "name")) for one in rows]


class NewsForm(forms.Form):
    """The words, what is shown with them, and for whom."""

    use_required_attribute = False

    text = TextField(
        label=_("What do you want to say?"), max_length=LONGEST, rows=5,
        help_text=_("Short and concrete: what, when, for how much. One picture with a button may follow below."),
    )  # fmt: skip
    tour = _choice(Tour, _("Show a tour as a card"), _("show none"))
    voucher = _choice(Voucher, _("Show a coupon"), _("show none"))
    audience = forms.ChoiceField(label=_("For whom?"), choices=list(AUDIENCES.items()), widget=forms.RadioSelect)
    about = forms.ChoiceField(label=_("Bought or looked at: what"), required=False)
    days = WholeNumberField(label=_("Not seen for (days)"), min_value=7, max_value=720, initial=60, required=False)
    tag = _choice(Tag, _("Group"), _("choose"))

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        tours = Tour.objects.filter(shop=shop).order_by("name_th")
        self.items: dict[str, Tour | Product] = {one.public_id: one for one in tours}
        goods = Product.objects.filter(shop=shop).order_by("name_th")
        self.items |= {one.public_id: one for one in goods}
        fields["about"].choices = [
            ("", gettext("anything")), (gettext("Tours"), _named(tours)), (gettext("Souvenirs"), _named(goods)),
        ]  # fmt: skip
        fields["tour"].queryset = tours
        fields["tour"].label_from_instance = lambda one: local(one, "name")
        fields["voucher"].queryset = Voucher.objects.filter(shop=shop, is_active=True)
        fields["tag"].queryset = tags_of(shop)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("audience") == AUDIENCE.TAGGED and not typed.get("tag"):
            self.add_error("tag", gettext("Please choose a group."))
        return typed

    def news(self) -> News:
        """What was typed, for the act."""
        said = dict(self.cleaned_data)
        item = self.items.get(said.pop("about"))
        of = {"about_goods" if isinstance(item, Product) else "about": item}
        return News(**{**said, **of, "days": said["days"] or 60})


class SendForm(forms.Form):
    """Now, or at a day and time. ``people`` is how many paid messages the page has said."""

    people = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    day = ThaiDateField(label=_("Send on this day"), required=False, help_text=_("Leave it empty to send it now."))
    start = forms.TimeField(
        label=_("Time"), required=False, initial="10:00", input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )  # fmt: skip

    def send_at(self) -> datetime | None:
        """The moment, or empty for now."""
        day: date | None = self.cleaned_data["day"]
        start: time = self.cleaned_data["start"] or time(10)
        return at_bangkok(day, start.hour, start.minute) if day else None
