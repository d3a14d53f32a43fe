"""Who wants to hear when a product is there again."""

from django import forms
from django.utils.translation import gettext_lazy as _


class StockNoteForm(forms.Form):
    """One e-mail address. ``website`` is a trap: people don't see it, programs fill it in."""

    email = forms.EmailField(label=_("Your e-mail"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"}))
    website = forms.CharField(
        required=False, max_length=0, widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"})
    )

    use_required_attribute = False
