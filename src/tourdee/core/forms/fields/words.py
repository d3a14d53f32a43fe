"""Words: one line or several, without characters that deceive."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tourdee.core.text import HostileText, clean_line, clean_text

MESSAGES: dict[str, Any] = {
    "hostile": _("This text contains invisible or control characters. Please type it again without them."),
    "max_length": _("Please shorten this to %(limit)d characters (now %(length)d)."),
    "min_length": _("Please write at least %(limit)d characters."),
}


class LineField(forms.CharField):
    """One line of text, at most ``max_length`` characters."""

    default_error_messages = MESSAGES
    cleaner = staticmethod(clean_line)

    def __init__(self, *, max_length: int = 200, min_length: int | None = None, **kwargs: Any) -> None:
        self.longest, self.shortest = max_length, min_length
        super().__init__(strip=True, **kwargs)
        self.max_length, self.min_length = max_length, min_length  # for the widget only; our own messages refuse
        self.widget.attrs.update({"maxlength": str(max_length)} if not self.widget.is_hidden else {})

    def to_python(self, value: Any) -> str:
        """The cleaned text. Refuses what is too long before looking at any single character."""
        typed = "" if value in self.empty_values else str(value).replace("\r\n", "\n").strip()
        if len(typed) > self.longest:
            raise self._refusal("max_length", limit=self.longest, length=len(typed))
        try:
            text = self.cleaner(typed, self.longest)
        except HostileText as problem:
            raise self._refusal("hostile") from problem
        if text and self.shortest and len(text) < self.shortest:
            raise self._refusal("min_length", limit=self.shortest)
        return text or str(self.empty_value)

    def _refusal(self, code: str, **params: int) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)


class TextField(LineField):
    """Several lines of text, at most ``max_length`` characters."""

    widget = forms.Textarea
    cleaner = staticmethod(clean_text)

    def __init__(self, *, max_length: int = 4000, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        if isinstance(self.widget, forms.Textarea):
            self.widget.attrs["rows"] = str(rows)
