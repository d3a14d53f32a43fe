"""Signing in by the one field and the code; by a button in a demonstration."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.account.views import logout
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from .. import actions, queries
from ..adapter import WELCOME, prove, service_name
from ..addresses import Address, address_of
from ..forms import AddressForm, CodeForm, WelcomeForm
from ..models import OneTimeCode
from ..queries.privacy import ACCOUNT
from .browser import PersonRequest, language_of_page, next_page
from .sending import refusal, send

STARTED = "sign_in"  # session: the browser's secret, the address typed, where to go afterwards
LEARNERS_SHOWN = 5
SIGN_IN = OneTimeCode.Purpose.SIGN_IN


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Type an e-mail or mobile phone, get a code. Known and unknown addresses are answered alike."""
    wanted = next_page(request)
    if request.user.is_authenticated:
        return redirect(wanted or "today")
    form = AddressForm(request.POST or None, initial={"next": wanted})
    if request.method == "POST" and form.is_valid():
        problem = _start(request, form.cleaned_data["address"], wanted)
        if not problem:
            return redirect("sign_in_code")
        form.add_error("address", problem)
    return render(request, "people/sign_in.html", {"form": form, "next": wanted, **_ways_in()})


@never_cache
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Type the code; the account is made now when there was none."""
    started = request.session.get(STARTED)
    if request.user.is_authenticated or not started:
        return redirect("today" if request.user.is_authenticated else "account_login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            address = actions.check_code(
                nonce=started["nonce"], purpose=SIGN_IN, typed=form.cleaned_data["code"], at=timezone.now()
            )
        except actions.CodeRefused as refused:
            form.add_error("code", refusal(refused))
        else:
            return _enter(request, address, started["next"])
    return render(request, "people/sign_in_code.html", {"form": form, **_shown(started)})


@never_cache
@require_POST
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Send another code to the same address; the former one no longer counts."""
    started = request.session.get(STARTED)
    if not started:
        return redirect("account_login")
    if problem := _start(request, address_of(started["address"]), started["next"]):
        messages.error(request, problem)
    return redirect("sign_in_code")


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the invented people; only in a demonstration."""
    people = {person.user.public_id: person.user for person in queries.demo_people()} if settings.DEMO else {}
    user = people.get(request.POST.get("person", ""))
    if user is None:
        raise Http404
    get_adapter(request).login(request, user)
    return redirect(next_page(request) or "today")


@login_required
def welcome(request: PersonRequest) -> HttpResponse:
    """Name and consent of a new account; consent again when the notice is newer."""
    ask_name, ask_consent = not request.user.name, not queries.agreed_to_newest(request.user)
    if not (ask_name or ask_consent):
        return redirect(request.session.pop(WELCOME, "") or "today")
    initial = {"name": request.session.get("suggested_name", "")}
    form = WelcomeForm(request.POST or None, initial=initial, ask_name=ask_name, ask_consent=ask_consent)
    if request.method == "POST" and form.is_valid():
        actions.welcome(user=request.user, name=form.cleaned_data.get("name", ""), purpose=ACCOUNT, at=timezone.now())
        return redirect(request.session.pop(WELCOME, "") or "today")
    page = {"form": form, "notice": queries.notice_in_force(), "is_new": ask_name, "ask_consent": ask_consent}
    return render(request, "people/welcome.html", page)


def demo_code(sent: actions.SentCode) -> dict[str, str]:
    """A demonstration shows the code on the page. Never anywhere else."""
    return {"code": sent.code} if settings.DEMO else {}


def _start(request: HttpRequest, address: Address, wanted: str) -> str:
    """Send the code and remember in the session what it belongs to. Returns why not, or nothing."""
    sent = send(request, address, SIGN_IN)
    if isinstance(sent, str):
        return sent
    request.session[STARTED] = {"nonce": sent.nonce, "address": address.value, "next": wanted, **demo_code(sent)}
    return ""


def _enter(request: HttpRequest, address: Address, wanted: str) -> HttpResponse:
    """Through allauth's stages, so that a second factor is asked for where there is one. The session's key changes."""
    found = actions.person_with(address=address, language=language_of_page(), proved=True)
    request.session.pop(STARTED, None)
    prove(request, found.user, "code")
    return perform_login(request, found.user, redirect_url=wanted or None, signup=found.is_new)


def _shown(started: dict[str, str]) -> dict[str, Any]:
    address = address_of(started["address"])
    return {"address": address, "demo_code": started.get("code") if settings.DEMO else None}


def _ways_in() -> dict[str, Any]:
    services = [(provider, service_name(provider)) for provider in settings.SOCIALACCOUNT_PROVIDERS]
    people = queries.demo_people() if settings.DEMO else []
    learners = [person for person in people if person.role == "learner"]
    staff = [person for person in people if person.role != "learner"]
    first = learners[:LEARNERS_SHOWN]
    return {"services": services, "demo_people": [*first, *staff], "more_demo_people": learners[LEARNERS_SHOWN:]}


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; the browser also forgets what our pages put away on this device (guests, kept pages)."""
    response: HttpResponse = logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"storage"'
    return response
