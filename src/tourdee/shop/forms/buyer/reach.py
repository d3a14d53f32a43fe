"""Whether what was typed lets us write to a guest."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tourdee.people.actions import gets_sms


def either_will_do(form: forms.Form) -> None:
    """Says at both fields that one of them is enough; not that they may be left empty."""
    phone: Any = form.fields["phone"]
    email: Any = form.fields["email"]
    phone.optional, email.optional = gettext_lazy("(or an e-mail)"), gettext_lazy("(or a phone number)")


def must_be_reachable(form: forms.Form, said: dict[str, Any], neither: str) -> None:
    """By e-mail, or by SMS. A number that gets no SMS (from abroad, a landline) is taken, but an e-mail is asked for
    besides. ``neither``: what is said at the phone where both are empty."""
    phone, email = said.get("phone"), said.get("email")
    if email or form.errors.keys() & {"phone", "email"}:
        return
    if not phone:
        form.add_error("phone", neither)
    elif not gets_sms(phone):
        form.add_error(
            "email", _("No SMS goes to this number. Please give an e-mail, too, so that we can write to you.")
        )
