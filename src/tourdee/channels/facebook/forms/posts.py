"""A post: words, pictures, and when it goes out."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tourdee.core.dates import at_bangkok
from tourdee.core.forms.fields import TextField, ThaiDateField
from tourdee.shop.models import Picture

from ..actions.posts import Written
from ..queries.posts import MOST_PICTURES
from ..queries.texts import LONGEST_BODY

NOW, LATER = "now", "later"
HOURS = [(str(hour), f"{hour:02d}.00") for hour in range(6, 24)]
HOSTS = ("facebook.com", "fb.com", "fb.watch", "fb.me")


class PostForm(forms.Form):
    """Price, seller, licence and link are added by us and cannot be left out by mistake."""

    body = TextField(label=_("Your words"), max_length=LONGEST_BODY, rows=9)
    pictures = forms.MultipleChoiceField(label=_("Pictures"), required=False, widget=forms.CheckboxSelectMultiple)
    language = forms.ChoiceField(
        label=_("Language of price and seller"), choices=[("th", "ไทย"), ("en", "English")], initial="th",
        widget=forms.RadioSelect,
    )  # fmt: skip
    when = forms.ChoiceField(
        label=_("When?"), choices=[(NOW, _("At once")), (LATER, _("At a time that I choose"))], initial=NOW,
        widget=forms.RadioSelect,
    )  # fmt: skip
    day = ThaiDateField(label=_("Day"), error_messages={"required": _("Please choose the day.")})
    hour = forms.ChoiceField(label=_("Time of day"), choices=HOURS, initial="19")
    key = forms.SlugField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, pictures: Iterable[Picture], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["pictures"]
        field.choices = [(one.public_id, one) for one in pictures]
        if self.is_bound and self.data.get("when") != LATER:
            self.fields["day"].required = self.fields["hour"].required = False

    def clean_pictures(self) -> list[str]:
        chosen = list(self.cleaned_data["pictures"])
        if len(chosen) > MOST_PICTURES:
            raise ValidationError(_("Please choose at most %(most)d pictures.") % {"most": MOST_PICTURES})
        return chosen

    def written(self) -> Written:
        """What the act needs."""
        typed = self.cleaned_data
        return Written(
            body=typed["body"], pictures=typed["pictures"], language=typed["language"], publish_at=self._moment()
        )

    def _moment(self) -> datetime | None:
        typed = self.cleaned_data
        if typed["when"] != LATER:
            return None
        return at_bangkok(typed["day"], int(typed["hour"]))


class ByHandForm(forms.Form):
    """Where the post stands that was pasted by hand."""

    address = forms.CharField(
        label=_("Link of your post"), max_length=500,
        help_text=_("On Facebook: the three dots of the post, Copy link."),
        widget=forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )  # fmt: skip
    key = forms.SlugField(max_length=64, widget=forms.HiddenInput)

    def clean_address(self) -> str:
        """Only an address at Facebook, over https; it is shown as a link, never fetched by us."""
        typed = str(self.cleaned_data["address"]).strip()
        try:
            parts = urlsplit(typed)
            host = (parts.hostname or "").lower()
        except ValueError:
            parts, host = urlsplit(""), ""
        ours = any(host == one or host.endswith(f".{one}") for one in HOSTS)
        if parts.scheme != "https" or not ours or parts.username or not typed.isprintable() or " " in typed:
            raise ValidationError(_("Please paste the link of the post. It begins with https://www.facebook.com/."))
        return typed
