"""A product: what it says, its variants with price and stock."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import BahtField, LineField, PicturesField, TextField, WholeNumberField

from ..actions.catalogue import ProductDetails, VariantRow
from ..models import Product, Variant

MOST_VARIANTS = 20


class ProductForm(forms.Form):
    """Thai first; the English fields fold away."""

    name_th = LineField(label=_("Name of the product"), min_length=3, max_length=160)
    description_th = TextField(
        label=_("Description"),
        min_length=30,
        max_length=6000,
        rows=7,
        help_text=_("Who made it, from what, how large, how heavy, how to care for it. At least 30 letters."),
    )
    unit_th = LineField(
        label=_("The price is for"), max_length=40, initial="ชิ้น", help_text=_("Piece, box, bottle, 250 g …")
    )
    name_en = LineField(label=_("Name in English"), max_length=160, required=False)
    description_en = TextField(label=_("Description in English"), max_length=6000, rows=7, required=False)
    unit_en = LineField(label=_("The price is for, in English"), max_length=40, required=False, initial="piece")

    @property
    def english(self) -> list[forms.BoundField]:
        """The fields that fold away."""
        return [field for field in self if field.name.endswith("_en")]

    def details(self) -> ProductDetails:
        """What was typed, for the act."""
        return ProductDetails(**self.cleaned_data)

    @staticmethod
    def values_of(product: Product) -> dict[str, Any]:
        """What stands in the row."""
        return {name: getattr(product, name) for name in ProductForm.base_fields}


class VariantForm(forms.Form):
    """One variant."""

    public_id = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    stock_seen = WholeNumberField(required=False, initial=0, widget=forms.HiddenInput)
    name_th = LineField(
        label=_("Variant"), max_length=80, required=False, help_text=_("Colour or size. Empty if there is only one.")
    )
    name_en = LineField(label=_("In English"), max_length=80, required=False)
    price_satang = BahtField(label=_("Price in baht"), min_value=100)
    stock = WholeNumberField(
        label=_("In stock"), max_value=100_000, help_text=_("With the pieces that are ordered and not yet sent.")
    )
    weight_grams = WholeNumberField(
        label=_("One weighs, in grams"), required=False, max_value=100_000, help_text=_("For the price of shipping.")
    )
    remove = forms.BooleanField(label=_("No longer offer this"), required=False)


class _Variants(BaseFormSet):
    """At least one variant stays, and names differ."""

    def clean(self) -> None:
        if any(self.errors):
            return
        kept = [row for row in self.rows() if not row.remove]
        if not kept:
            raise forms.ValidationError(gettext("Give at least one price."))
        if len({row.name_th for row in kept}) < len(kept):
            raise forms.ValidationError(gettext("Two variants have the same name."))

    def rows(self) -> list[VariantRow]:
        """What was typed, for the act; empty rows are left out."""
        filled = [form.cleaned_data for form in self.forms if form.cleaned_data.get("price_satang")]
        return [
            VariantRow(**{**typed, "stock_seen": typed["stock_seen"] or 0, "weight_grams": typed["weight_grams"] or 0})
            for typed in filled
        ]


def variant_forms(product: Product, data: Any = None) -> Any:
    """The variants that there are, and two empty rows."""
    initial = [
        {"public_id": row.public_id, "name_th": row.name_th, "name_en": row.name_en,
         "price_satang": row.price_satang, "stock": row.stock, "stock_seen": row.stock,
         "weight_grams": row.weight_grams or None}
        for row in Variant.objects.filter(product=product, is_active=True)
    ]  # fmt: skip
    made = formset_factory(
        VariantForm, formset=_Variants, extra=2, max_num=MOST_VARIANTS, absolute_max=MOST_VARIANTS + 4
    )
    return made(data, initial=initial, prefix="variant")


class PicturesForm(forms.Form):
    """Several pictures at once."""

    pictures = PicturesField(
        label=_("Pictures"),
        max_files=8,
        help_text=_("Choose up to 8 at once. The first one is the cover. Bright, sharp, true."),
    )
