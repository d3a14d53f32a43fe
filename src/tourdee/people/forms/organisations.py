"""What the host types about offices and partners."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField

from ..actions import OrganisationDetails
from ..models import Organisation
from .host import OrganisationField

KINDS = [
    (Organisation.Kind.OFFICE, _("An office: it runs programmes and decides who takes part")),
    (Organisation.Kind.PARTNER, _("A partner: its people teach")),
]


class OrganisationForm(forms.Form):
    """A new one, or another name for one that is there (then what it is can't be changed)."""

    kind = forms.ChoiceField(
        label=_("What kind of organisation?"), choices=KINDS, widget=forms.RadioSelect, initial=KINDS[0][0]
    )
    name_th = LineField(label=_("Name in Thai"), max_length=200, min_length=2)
    name_en = LineField(label=_("Name in English"), max_length=200, min_length=2)
    parent = OrganisationField(
        label=_("A team of"), required=False, empty_label=_("no other partner"),
        help_text=_("Only for a partner that sends several teams."),
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        if organisation:
            del self.fields["kind"]
        self._offer_parents()

    def _offer_parents(self) -> None:
        """Whole partners only: a team has no teams, and nobody is a team of itself."""
        partners = Organisation.objects.filter(kind=Organisation.Kind.PARTNER, parent=None)
        known = self.organisation
        if known and (known.kind == Organisation.Kind.OFFICE or known.teams.exists()):
            partners = Organisation.objects.none()
        elif known:
            partners = partners.exclude(pk=known.pk)
        field: Any = self.fields["parent"]
        field.queryset = partners.order_by("name_th")
        if not partners.exists():
            del self.fields["parent"]

    def clean_name_th(self) -> str:
        """The same name twice would be mistaken for each other wherever one of them is chosen."""
        name: str = self.cleaned_data["name_th"]
        others = (
            Organisation.objects.exclude(pk=self.organisation.pk) if self.organisation else Organisation.objects.all()
        )
        if others.filter(name_th__iexact=name).exists():
            raise ValidationError(gettext("There is an organisation of that name already."))
        return name

    def details(self) -> OrganisationDetails:
        """What was typed."""
        typed = self.cleaned_data
        return OrganisationDetails(
            name_th=typed["name_th"], name_en=typed["name_en"], parent=typed.get("parent")
        )  # fmt: skip
