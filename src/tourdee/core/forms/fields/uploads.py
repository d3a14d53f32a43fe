"""Pictures from a telephone. A field lets through only what core.pictures can read and make again."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tourdee.core import pictures

ACCEPT = "image/jpeg,image/png,image/webp,image/heic,image/heif"


class PictureField(forms.FileField):
    """One picture, cleaned to its upload; store it with core.pictures."""

    widget = forms.FileInput
    default_error_messages = {"required": _("Please choose a picture.")}

    def to_python(self, data: Any) -> Any:
        upload = super().to_python(data)
        if upload is not None:
            _must_be_a_picture(upload)
        return upload

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {**super().widget_attrs(widget), "accept": ACCEPT}


class ManyFilesInput(forms.FileInput):
    """A file box in which several may be chosen."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Up to ``max_files`` pictures, cleaned to a list of uploads (empty where none was chosen)."""

    widget = ManyFilesInput
    default_error_messages = {
        "required": _("Please choose at least one picture."),
        "too_many": _("Please choose at most %(limit)d pictures."),
    }

    def __init__(self, *, max_files: int = 10, **kwargs: Any) -> None:
        self.max_files = max_files
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every upload checked; the message names the file that is not a picture."""
        chosen = [one for one in (data if isinstance(data, (list, tuple)) else [data]) if one]
        if not chosen and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(chosen) > self.max_files:
            raise ValidationError(self.error_messages["too_many"], code="too_many", params={"limit": self.max_files})
        uploads = [super(PicturesField, self).to_python(one) for one in chosen]
        for upload in uploads:
            _must_be_a_picture(upload)
        return uploads

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {**super().widget_attrs(widget), "accept": ACCEPT}


def _must_be_a_picture(upload: Any) -> None:
    try:
        pictures.check(upload)
    except pictures.BadPicture as problem:
        raise ValidationError(str(problem), code="picture") from problem
