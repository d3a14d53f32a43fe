"""What the host types about others."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, TextField

from ..models import Membership, Organisation
from .sign_in import AddressField

ROLES = [(Membership.Role.OFFICER, _("Officer")), (Membership.Role.INSTRUCTOR, _("Instructor"))]


class OrganisationField(forms.ModelChoiceField):
    """An organisation by its public id, named in the page's language."""

    def __init__(self, **kwargs: object) -> None:
        everyone = Organisation.objects.order_by("kind", "name_th")
        super().__init__(everyone, to_field_name="public_id", **kwargs)  # type: ignore[arg-type]  # passed on as they came

    def label_from_instance(self, organisation: Organisation) -> str:
        thai = (get_language() or "th").startswith("th")
        return organisation.name_th if thai else organisation.name_en


class InviteForm(forms.Form):
    """A new officer or instructor."""

    address = AddressField(label=_("E-mail or mobile phone"))
    name = LineField(label=_("Name"), max_length=100, required=False)
    organisation = OrganisationField(label=_("Organisation"), empty_label=_("Choose an organisation"))
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        organisation = cleaned.get("organisation")
        officer = cleaned.get("role") == Membership.Role.OFFICER
        if officer and organisation and organisation.kind != Organisation.Kind.OFFICE:
            self.add_error("role", _("Officers work for an office. Partners have instructors."))
        return cleaned


class RoleForm(forms.Form):
    """Another role in the same organisation."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES)


class DirectoryForm(forms.Form):
    """What the host looks for."""

    q = LineField(label=_("Name, e-mail or telephone"), max_length=100, required=False)
    role = forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[
            ("", _("Everybody")),
            ("officer", _("Officers")),
            ("instructor", _("Instructors")),
            ("host", _("Hosts")),
            ("inactive", _("Closed accounts")),
        ],
    )
    order = forms.ChoiceField(
        label=_("Sort"),
        required=False,
        choices=[("name", _("By name")), ("newest", _("Newest first")), ("last", _("Last signed in first"))],
    )


class DeclineForm(forms.Form):
    """Why data is kept although the person asked to be forgotten."""

    reason = TextField(
        label=_("Reason"),
        help_text=_("The person reads it. The law asks to record it."),
        max_length=1000,
        min_length=10,
        rows=3,
    )
