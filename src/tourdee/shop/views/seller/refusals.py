"""How a refusal of the gate is said on a form."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from ...actions.catalogue import StockBelowReserved
from ...actions.gallery import TooManyPictures
from ...actions.publishing import NotLawful, NotReady
from ...actions.resources import ResourceBusy


def refused(form: Any, act: Callable[[], object]) -> bool:
    """Do it; whether it was refused, with the reasons above the form, which keeps what was typed."""
    reasons = reasons_against(act)
    for reason in reasons:
        _say(form, reason)
    return bool(reasons)


def reasons_against(act: Callable[[], object]) -> list[str]:
    """Do it; empty when it went through."""
    try:
        act()
    except NotLawful:
        return [_("A public tour needs a tour-business licence that is in force. Hide it first, or choose a partner.")]
    except NotReady as problem:
        return [fault.message for fault in problem.faults]
    except (StockBelowReserved, TooManyPictures, ResourceBusy) as problem:
        return [problem.message]
    return []


def _say(form: Any, reason: str) -> None:
    if hasattr(form, "add_error"):
        form.add_error(None, reason)
    else:  # a set of forms has no add_error
        form.non_form_errors().append(reason)
