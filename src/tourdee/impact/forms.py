"""What is answered after the course."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import BahtField, TextField

from .models import FollowUp

ANSWERS = [
    (FollowUp.Answer.EARNS_MORE, _("I earn more than before the course")),
    (FollowUp.Answer.EARNS_SAME, _("I earn about the same")),
    (FollowUp.Answer.EARNS_LESS, _("I earn less")),
]


class FollowUpForm(forms.Form):
    """One question that matters, one figure that helps, room for words."""

    answer = forms.ChoiceField(label=_("How is your income now?"), choices=ANSWERS, widget=forms.RadioSelect)
    income_satang = BahtField(label=_("Income a month from tours and products (baht)"), required=False,
                              help_text=_("A good guess is enough."))  # fmt: skip
    note = TextField(label=_("What helped, what is still hard?"), required=False, max_length=1000)
