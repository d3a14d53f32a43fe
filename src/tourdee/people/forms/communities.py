"""A community's page and its members."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tourdee.core import pictures
from tourdee.core.forms.fields import LineField, PictureField, ProvinceField, TextField

from ..actions import CommunityPage
from .sign_in import AddressField


class CommunityForm(forms.Form):
    """What visitors read about the community."""

    name_th = LineField(label=_("Name in Thai"), max_length=120)
    name_en = LineField(label=_("Name in English"), max_length=120, required=False)
    province = ProvinceField(label=_("Province"))
    picture = PictureField(
        label=_("Picture"),
        required=False,
        help_text=_("The place, the people or the product. A wide photo looks best."),
    )
    remove_picture = forms.BooleanField(label=_("Take the present picture away"), required=False)
    story_th = TextField(
        label=_("Story in Thai"),
        required=False,
        rows=8,
        help_text=_("Who you are, since when, what you make or show, and what a visitor should not miss."),
    )
    story_en = TextField(label=_("Story in English"), required=False, rows=8)

    def __init__(self, *args: object, has_picture: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        if not has_picture:
            del self.fields["remove_picture"]

    def page(self, present_picture: str = "") -> CommunityPage:
        """The page as it was typed; a new picture is stored now."""
        typed = self.cleaned_data
        picture = "" if typed.get("remove_picture") else present_picture
        if typed["picture"]:
            picture = pictures.store_public(typed["picture"], "communities").path
        texts = {name: typed[name] for name in ("name_th", "name_en", "province", "story_th", "story_en")}
        return CommunityPage(picture=picture, **texts)


class CommunitySearchForm(forms.Form):
    """Which communities a visitor looks for."""

    q = LineField(label=_("Name of the community"), max_length=60, required=False)
    province = ProvinceField(label=_("Province"), required=False)


class AddMemberForm(forms.Form):
    """Somebody who belongs to the community."""

    address = AddressField(
        label=_("E-mail or mobile phone"),
        help_text=_("They see your invitation when they sign in with it, and can say yes or no."),
    )
