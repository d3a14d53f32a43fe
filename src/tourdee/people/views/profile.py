"""A person's own page: particulars, addresses, ways to sign in, consents, rights."""

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import actions, queries
from ..adapter import service_name
from ..addresses import address_of
from ..context import pages_by_role
from ..forms import CodeForm, EmailForm, PhoneForm, ProfileForm
from ..models import OneTimeCode, User
from .browser import PersonRequest, prove_first
from .sending import refusal, send
from .sign_in import demo_code

CHANGING = "changing"  # session: the browser's secret and the new address
CHANGE = OneTimeCode.Purpose.CHANGE_CONTACT
FORMS = {"email": EmailForm, "phone": PhoneForm}


@login_required
def profile(request: PersonRequest) -> HttpResponse:
    """Everything about oneself on one page; the form on it changes name and language."""
    user = request.user
    form = ProfileForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        actions.change_profile(user=user, name=form.cleaned_data["name"], language=form.cleaned_data["language"])
        messages.success(request, _("Saved."))
        with translation.override(form.cleaned_data["language"]):
            return redirect("profile")
    return render(request, "people/profile.html", {"form": form, **_about(user)})


def _about(user: User) -> dict[str, Any]:
    linked = queries.linked_services(user)
    services = [(name, service_name(name), name in linked) for name in settings.SOCIALACCOUNT_PROVIDERS]
    return {
        "passkeys": queries.passkeys_of(user),
        "has_app": queries.has_authenticator_app(user),
        "services": services,
        "memberships": queries.memberships_of(user),
        "consents": queries.consents_of(user),
        "erasure": queries.open_erasure_of(user),
        "sections": pages_by_role(user),
    }


@prove_first
def change_contact(request: PersonRequest, kind: str) -> HttpResponse:
    """Type the new e-mail or telephone; a code goes there. Whether others have it is not said before it is proved."""
    form = FORMS[kind](request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["address"]
        sent = send(request, address, CHANGE, request.user)
        if not isinstance(sent, str):
            request.session[CHANGING] = {"nonce": sent.nonce, "address": address.value, **demo_code(sent)}
            return redirect("change_contact_code")
        form.add_error("address", sent)
    return render(request, "people/change_contact.html", {"form": form, "kind": kind})


@prove_first
def change_contact_code(request: PersonRequest) -> HttpResponse:
    """Type the code; the address is replaced and every other session ends."""
    changing = request.session.get(CHANGING)
    if not changing:
        return redirect("profile")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _changed(request, form, changing["nonce"]):
        return redirect("profile")
    address = address_of(changing["address"])
    page = {"form": form, "address": address, "demo_code": changing.get("code")}
    return render(request, "people/change_contact_code.html", page)


def _changed(request: PersonRequest, form: CodeForm, nonce: str) -> bool:
    now, user = timezone.now(), request.user
    try:
        address = actions.check_code(nonce=nonce, purpose=CHANGE, typed=form.cleaned_data["code"], user=user, at=now)
        actions.change_contact(user=user, address=address, at=now)
    except actions.CodeRefused as refused:
        form.add_error("code", refusal(refused))
        return False
    except actions.AddressTaken:
        form.add_error("code", _("Another account has this address. Sign in with it, or use a different one."))
        return False
    del request.session[CHANGING]
    update_session_auth_hash(request, user)  # this browser stays signed in; the others do not
    messages.success(request, _("Changed. Other devices were signed out."))
    return True


@login_required
@require_POST
def sign_out_everywhere(request: PersonRequest) -> HttpResponse:
    """Ends every session of the person, this one too."""
    actions.sign_out_everywhere(user=request.user, at=timezone.now())
    logout(request)
    messages.success(request, _("You are signed out on every device."))
    return redirect("account_login")


@login_required
def my_data(request: PersonRequest) -> HttpResponse:
    """What is known about the person, as a file."""
    data = json.dumps(queries.my_data(request.user), ensure_ascii=False, indent=2)
    response = HttpResponse(data, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="tourdee-my-data.json"'
    return response


@login_required
def erasure(request: PersonRequest) -> HttpResponse:
    """Ask to be forgotten, or take it back."""
    if request.method != "POST":
        user = request.user
        page = {"asked": queries.open_erasure_of(user), "declined": queries.declined_erasure_of(user)}
        return render(request, "people/erasure.html", page)
    if request.POST.get("wish") == "stay":
        actions.withdraw_erasure(user=request.user, at=timezone.now())
        messages.success(request, _("Good to have you. Your request is taken back."))
    elif request.POST.get("wish") == "erase":
        actions.ask_erasure(user=request.user, at=timezone.now())
        messages.success(request, _("Your request is recorded. You will be answered within 30 days."))
    else:
        raise Http404
    return redirect(reverse("erasure"))
