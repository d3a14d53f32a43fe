"""The market's filters. They come by GET; what can't be understood is said at the field and left out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import BahtField, LineField, ProvinceField, ThaiDateField

from ...models import Tour
from ...queries.storefront import MarketFilters
from ...queries.storefront.words import AUDIENCE_NAMES, LANGUAGE_NAMES

KINDS = ("", *Tour.Kind.values, "product")
MAX_SEARCH = 60
MAX_SLUG = 60


class MarketForm(forms.Form):
    """Search, province, day, order. The kind is chosen by tabs and the community by a link; both ride along hidden."""

    q = LineField(label=_("Search"), max_length=MAX_SEARCH, required=False, widget=forms.TextInput({"type": "search"}))
    province = ProvinceField(label=_("Province"), required=False)
    day = ThaiDateField(label=_("On this day"), required=False)
    price = BahtField(label=_("Up to (baht)"), required=False)
    language = forms.ChoiceField(
        label=_("Guide speaks"), required=False, choices=[("", _("any language")), *LANGUAGE_NAMES.items()]
    )
    audience = forms.ChoiceField(
        label=_("Made for"), required=False, choices=[("", _("everybody")), *AUDIENCE_NAMES.items()]
    )
    sort = forms.ChoiceField(
        label=_("Sorted by"), required=False,
        choices=[("new", _("Best match or newest")), ("soon", _("Soonest date first")), ("cheap", _("Lowest price first"))],
    )  # fmt: skip
    kind = forms.ChoiceField(required=False, choices=[(kind, kind) for kind in KINDS], widget=forms.HiddenInput)
    community = LineField(max_length=MAX_SLUG, required=False, widget=forms.HiddenInput)

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.optional = ""  # type: ignore[attr-defined]  # who searches knows that nothing must be filled in

    def filters(self) -> MarketFilters:
        """What was understood; a field with an error counts as not filled in."""
        self.is_valid()
        said = self.cleaned_data
        return MarketFilters(
            kind=said.get("kind", ""),
            text=said.get("q", ""),
            province=said.get("province"),
            day=said.get("day"),
            community=said.get("community", ""),
            language=said.get("language", ""),
            audience=said.get("audience", ""),
            most_satang=said.get("price"),
            sort=said.get("sort") or "new",
        )

    @property
    def narrows(self) -> bool:
        """Whether anything beside the words is set: then the fold that holds it is open."""
        narrowing = any(self.data.get(name) for name in ("province", "day", "price", "language", "audience"))
        return narrowing or self.data.get("sort", "new") not in {"", "new"}
