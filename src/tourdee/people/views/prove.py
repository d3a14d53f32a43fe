"""Proving again to be oneself, by a code, before something important. Who has a second factor uses that instead."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import resume_request
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from .. import actions
from ..adapter import prove
from ..addresses import Address, address_of
from ..forms import CodeForm
from ..models import OneTimeCode, User
from .browser import PersonRequest, next_page
from .sending import refusal, send
from .sign_in import demo_code

PROVING = "proving"  # session: the browser's secret and the address
PROVE_AGAIN = OneTimeCode.Purpose.PROVE_AGAIN


@login_required
def reauthenticate(request: PersonRequest) -> HttpResponse:
    """Which address the code shall go to."""
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    if methods[0]["id"] != "code":
        return redirect(f"{methods[0]['url']}?{urlencode({'next': next_page(request) or reverse('profile')})}")
    page = {"addresses": addresses_of(request.user), "next": next_page(request)}
    return render(request, "people/reauthenticate.html", page)


@login_required
@require_POST
def reauthenticate_send(request: PersonRequest) -> HttpResponse:
    """Send it there."""
    kind = request.POST.get("kind", "")
    chosen = next((address for address in addresses_of(request.user) if address.kind == kind), None)
    if chosen is None:
        raise Http404
    sent = send(request, chosen, PROVE_AGAIN, request.user)
    after = f"?{urlencode({'next': next_page(request)})}"
    if isinstance(sent, str):
        messages.error(request, sent)
        return redirect(reverse("account_reauthenticate") + after)
    request.session[PROVING] = {"nonce": sent.nonce, "address": chosen.value, **demo_code(sent)}
    return redirect(reverse("reauthenticate_code") + after)


@login_required
def reauthenticate_code(request: PersonRequest) -> HttpResponse:
    """Type it; what was interrupted goes on."""
    proving = request.session.get(PROVING)
    if not proving:
        return redirect("account_reauthenticate")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.check_code(
                nonce=proving["nonce"], purpose=PROVE_AGAIN, typed=form.cleaned_data["code"],
                user=request.user, at=timezone.now(),
            )  # fmt: skip
        except actions.CodeRefused as refused:
            form.add_error("code", refusal(refused))
        else:
            del request.session[PROVING]
            prove(request, request.user, "code")
            return resume_request(request) or redirect("profile")
    page = {
        "form": form,
        "next": next_page(request),
        "address": address_of(proving["address"]),
        "demo_code": proving.get("code"),
    }
    return render(request, "people/reauthenticate_code.html", page)


def addresses_of(user: User) -> list[Address]:
    """Where the person can be reached, e-mail first."""
    email = [Address("email", user.email)] if user.email else []
    return email + ([Address("phone", user.phone)] if user.phone else [])
