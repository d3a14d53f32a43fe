"""A seller's resellers: who they are, their keys, what they owe, and the sandbox for their programs."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tourdee.shop.models import Shop
from tourdee.shop.queries.selling import shop_of

from ..actions import keys, sandbox, settling
from ..forms import ResellerForm, SettlementForm
from ..models import Reseller, Sandbox
from ..queries import resellers as known

TEST_COMMISSION = 20


def address(slug: str) -> str:
    """The base of a shop's interface, as a reseller needs it."""
    return f"{settings.SITE_URL}/octo/{slug}"


@require_safe
@login_required
def my_resellers(request: Any) -> HttpResponse:
    """All of them, with what they owe; how to begin where there is none."""
    shop = shop_of(request.user)
    if shop is None or shop.opened_at is None:
        return redirect("open_shop")
    trial = known.sandbox()
    context = {
        "shop": shop,
        "licensed": known.is_licensed(shop, timezone.now()),
        "address": address(shop.slug),
        "resellers": known.resellers_of(shop),
        "trial": trial,
        "trial_address": address(trial.slug) if trial else "",
        "tests": known.test_resellers_of(request.user),
    }
    return render(request, "octo/resellers.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new_reseller(request: Any) -> HttpResponse:
    """Somebody may sell for the shop; their first key is made at once and shown once."""
    shop = shop_of(request.user)
    if shop is None or not known.is_licensed(shop, timezone.now()):
        return redirect("my_resellers")
    form = ResellerForm(request.POST or None, initial={"commission_percent": TEST_COMMISSION})
    if request.method == "POST" and form.is_valid():
        try:
            reseller = keys.add_reseller(shop=shop, by=request.user, at=timezone.now(), **form.cleaned_data)
        except keys.NameTaken as problem:
            form.add_error("name", problem.message)
        else:
            return _key_page(request, reseller)
    return render(request, "octo/reseller_form.html", {"form": form})


def _key_page(request: Any, reseller: Reseller) -> HttpResponse:
    """The only page that ever shows a key."""
    made = keys.make_key(reseller=reseller, by=request.user, at=timezone.now())
    context = {"reseller": reseller, "secret": made.secret, "address": address(reseller.shop.slug)}
    return render(request, "octo/new_key.html", context)


def _own(request: Any, public_id: str) -> Any:
    return get_object_or_404(known.reseller_for(request.user), public_id=public_id)


@require_http_methods(["GET", "POST"])
@login_required
def my_reseller(request: Any, public_id: str) -> HttpResponse:
    """One of them: terms, keys, and what is still owed."""
    reseller = _own(request, public_id)
    terms = {"name": reseller.name, "email": reseller.email, "commission_percent": reseller.commission_percent}
    form = ResellerForm(request.POST or None, initial=terms)
    if request.method == "POST" and form.is_valid():
        try:
            keys.change_reseller(reseller=reseller, by=request.user, at=timezone.now(), **form.cleaned_data)
        except keys.NameTaken as problem:
            form.add_error("name", problem.message)
        else:
            messages.success(request, _("Saved. Bookings that were made keep their price."))
            return redirect("my_reseller", public_id=public_id)
    return _page(request, reseller, form=form, settlement=SettlementForm())


def _page(request: Any, reseller: Any, *, form: ResellerForm, settlement: SettlementForm) -> HttpResponse:
    context = {
        "reseller": reseller,
        "address": address(reseller.shop.slug),
        "is_test": Sandbox.objects.filter(shop=reseller.shop_id).exists(),
        "unsettled": known.unsettled(reseller),
        "form": form,
        "settlement": settlement,
    }
    return render(request, "octo/reseller.html", context)


@require_POST
@login_required
def new_key(request: Any, public_id: str) -> HttpResponse:
    """One more key, to change over to."""
    return _key_page(request, _own(request, public_id))


@require_POST
@login_required
def revoke_key(request: Any, public_id: str) -> HttpResponse:
    """From now on it opens nothing."""
    key = get_object_or_404(known.keys_for(request.user), public_id=public_id)
    keys.revoke_key(key=key, by=request.user, at=timezone.now())
    messages.success(request, _("The key is revoked. Programs that use it are shut out from now on."))
    return redirect("my_reseller", public_id=key.reseller.public_id)


@require_POST
@login_required
def settle(request: Any, public_id: str) -> HttpResponse:
    """The reseller paid for these bookings."""
    reseller = _own(request, public_id)
    settlement = SettlementForm(request.POST)
    if not settlement.is_valid():
        terms = {"name": reseller.name, "email": reseller.email, "commission_percent": reseller.commission_percent}
        return _page(request, reseller, form=ResellerForm(initial=terms), settlement=settlement)
    done = settling.settle(
        reseller=reseller, codes=request.POST.getlist("code"), reference=settlement.cleaned_data["reference"],
        by=request.user, at=timezone.now(),
    )  # fmt: skip
    if done:
        messages.success(request, _("Recorded as paid: %(number)s bookings.") % {"number": len(done)})
    else:
        messages.error(request, _("Please choose at least one booking."))
    return redirect("my_reseller", public_id=public_id)


# ------------------------------------------------------------------ sandbox
@require_POST
@login_required
def new_test(request: Any) -> HttpResponse:
    """A key of the sandbox for a reseller's program."""
    shop = shop_of(request.user)
    if shop is None or not known.is_licensed(shop, timezone.now()):
        return redirect("my_resellers")
    return _key_page(request, _test_reseller(request, shop))


def _test_reseller(request: Any, shop: Shop) -> Reseller:
    """One for each seller is enough: it may have several keys."""
    now = timezone.now()
    trial = Sandbox.objects.select_related("shop").first() or sandbox.seed_sandbox(at=now)
    earlier = Reseller.objects.filter(shop=trial.shop, made_by=request.user).select_related("shop").first()
    return earlier or keys.add_reseller(
        shop=trial.shop, name=shop.name_en or shop.name_th, email="", commission_percent=TEST_COMMISSION, by=request.user,
        at=now,
    )  # fmt: skip


@require_POST
@login_required
def forget_tests(request: Any, public_id: str) -> HttpResponse:
    """Begin the test anew."""
    reseller = get_object_or_404(known.test_resellers_of(request.user), public_id=public_id)
    number = sandbox.forget_tests(reseller=reseller, by=request.user, at=timezone.now())
    messages.success(
        request, _("The test data is fresh again; %(number)s test bookings are gone.") % {"number": number}
    )
    return redirect("my_reseller", public_id=public_id)
