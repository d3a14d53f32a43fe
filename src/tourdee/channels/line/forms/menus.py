"""The menu below the chat, and answers to words."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.forms.fields import LineField, TextField

from ..models import RichMenu, Tile
from ..queries.answers import key_of
from ..queries.screens.menu import NAMES

LOOKS = {
    RichMenu.Look.TEAL: _("Green of the sea"),
    RichMenu.Look.SAFFRON: _("Saffron"),
    RichMenu.Look.INDIGO: _("Indigo"),
    RichMenu.Look.ROSE: _("Rose"),
}
SIZES = (3, 6)
MOST_WORDS = 12
SHORTEST_WORD = 2


class MenuForm(forms.Form):
    """How it looks, and which tiles stand on it, in their usual order."""

    look = forms.ChoiceField(label=_("Colour"), choices=list(LOOKS.items()), widget=forms.RadioSelect)
    tiles = forms.MultipleChoiceField(
        label=_("What stands on it"), choices=list(NAMES.items()), widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose three (one row) or all six (two rows)."),
    )  # fmt: skip
    bar = LineField(label=_("Words on the bar below the chat"), max_length=14, help_text=_("At most 14 characters"))

    def clean_tiles(self) -> list[str]:
        """Three or six, so that no place stays empty."""
        chosen = self.cleaned_data["tiles"]
        if len(chosen) not in SIZES:
            raise forms.ValidationError(gettext("Please choose exactly three, or all six."))
        return [str(tile) for tile in Tile if tile in chosen]


class AnswerForm(forms.Form):
    """Words that a customer may write, and what the shop then says."""

    words = LineField(
        label=_("When a message contains one of these words"), max_length=300,
        help_text=_("Put commas between them: parking, car park, where to park"),
    )  # fmt: skip
    answer = TextField(label=_("we answer"), max_length=1000, rows=4)
    shows = forms.ChoiceField(
        label=_("and show"), required=False, choices=[("", _("nothing else")), *NAMES.items()],
    )  # fmt: skip
    is_active = forms.BooleanField(label=_("Answer by itself"), required=False, initial=True)

    def clean_words(self) -> list[str]:
        """In small letters, each once."""
        words = list(dict.fromkeys(key_of(word) for word in self.cleaned_data["words"].split(",")))
        words = [word for word in words if word]
        if not words or len(words) > MOST_WORDS or any(len(word) < SHORTEST_WORD for word in words):
            raise forms.ValidationError(
                gettext("One to %(most)d words of at least two letters, please.") % {"most": MOST_WORDS}
            )
        return words


class TagsForm(forms.Form):
    """The groups of one follower."""

    names = LineField(
        label=_("Groups"), required=False, max_length=200, help_text=_("Put commas between them: regulars, cyclists")
    )

    def clean_names(self) -> list[str]:
        return [name.strip() for name in self.cleaned_data["names"].split(",") if name.strip()]
