"""The room's lines in the audit log, written in Thai for the offices that read them."""

from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import override

from tourdee.core import audit
from tourdee.people.models import User


def write_line(act: str, *, about: Any, text: Promise, by: User | None, at: datetime, **values: Any) -> None:
    """One line about ``about``. ``text`` is a lazy translation with ``%(name)s`` places for ``values``.

    The values are stored beside the line too, so that a report need not read the sentence.
    """
    with override("th"):
        sentence = str(text) % values
    audit.record(act, subject=about, text=sentence, actor=by, at=at, data=values)
