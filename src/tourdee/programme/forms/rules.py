"""An office's own pass rule."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import TextField, ThaiDateField, WholeNumberField

MISSIONS = [("required", _("All required missions must be done")), ("none", _("Missions do not count"))]


class PassRuleForm(forms.Form):
    """What it takes to pass, from which day, and where that is written."""

    valid_from = ThaiDateField(
        label=_("For cohorts that begin on this day or later"), earliest=date(2015, 1, 1), latest=date(2100, 1, 1)
    )
    hours_percent = WholeNumberField(label=_("Hours attended, per cent at least"), max_value=100)
    post_test_percent = WholeNumberField(
        label=_("Post-test, per cent at least"), help_text=_("0 means that no post-test is asked for."), max_value=100
    )
    missions = forms.ChoiceField(label=_("Missions"), choices=MISSIONS, widget=forms.RadioSelect)
    source = TextField(
        label=_("Where this rule is written"),
        help_text=_("Name, number and date of the regulation or order. It is shown beside the rule."),
        min_length=10,
        max_length=1000,
        rows=3,
    )
    confirmed = forms.BooleanField(label=_("I have read the source and it says so"), required=False)
