"""Opening a shop in five short steps. Each is saved as it is taken; going back changes nothing."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tourdee.core.qr import qr_svg

from ...actions import opening
from ...forms.seller_opening import MoneyForm, NameForm, SellerForm, StoryForm, values_of
from ...models import Shop
from ...payment_methods import promptpay
from ...queries.selling import Step, opening_steps, shop_of
from .access import PersonRequest

FORMS: dict[str, type[forms.Form]] = {
    "name": NameForm,
    "seller": SellerForm,
    "money": MoneyForm,
    "story": StoryForm,
}
ORDER = [*FORMS, "look"]


@require_safe
@login_required
def open_shop(request: PersonRequest) -> HttpResponse:
    """Goes on where the person stopped; whose shop is open sees the desk."""
    shop = shop_of(request.user)
    if shop is not None and shop.opened_at is not None:
        return redirect("my_shop")
    return redirect("open_shop_step", step=_first_missing(shop))


def _first_missing(shop: Shop | None) -> str:
    missing = (step.key for step in opening_steps(shop) if not (step.done or step.optional))
    return next(missing, "look" if shop else "name")


@require_http_methods(["GET", "POST"])
@login_required
def step(request: PersonRequest, step: str) -> HttpResponse:
    """One step. A later one cannot be taken before those in front of it."""
    if step not in ORDER:
        raise Http404
    shop = shop_of(request.user)
    missing = _first_missing(shop)
    if ORDER.index(step) > ORDER.index(missing):
        return redirect("open_shop_step", step=missing)
    if step == "look":
        return _look(request, shop)
    form_class = FORMS[step]
    form = form_class(request.POST or None, request.FILES or None, initial=values_of(shop, form_class))
    if request.method == "POST" and form.is_valid() and _saved(request, shop, step, form):
        return redirect(_after(step))
    return render(request, "shop/seller/opening.html", _context(request, shop, step, form))


def _after(step: str) -> str:
    if step == "money":  # the code is looked at before going on
        return reverse("open_shop_step", args=["money"]) + "?check=1"
    return reverse("open_shop_step", args=[ORDER[ORDER.index(step) + 1]])


def _context(request: PersonRequest, shop: Shop | None, step: str, form: forms.Form) -> dict[str, Any]:
    context = {"steps": _steps(shop), "step": step, "form": form, "shop": shop}
    if step == "money" and shop and shop.business.promptpay and "check" in request.GET:
        context["test_code"] = qr_svg(promptpay.payload(shop.business.promptpay), label=_("PromptPay code to try"))
    return context


def _steps(shop: Shop | None) -> list[Step]:
    return [*opening_steps(shop), Step("look", _("Look and open"), bool(shop and shop.opened_at))]


def _saved(request: PersonRequest, shop: Shop | None, step: str, form: Any) -> bool:
    """Whether the act went through; its refusal stands at the field."""
    try:
        SAVE[step](request, shop, form)
    except opening.SlugTaken as problem:
        form.add_error("slug", problem.message)
    except opening.NameTaken as problem:
        form.add_error("name_th", problem.message)
    return form.is_valid()


def _save_name(request: PersonRequest, shop: Shop | None, form: Any) -> None:
    opening.name_shop(owner=request.user, name=form.name(), at=timezone.now())


def _save_seller(request: PersonRequest, shop: Shop, form: Any) -> None:
    opening.say_who_sells(shop=shop, details=form.details(shop.province), at=timezone.now())


def _save_money(request: PersonRequest, shop: Shop, form: Any) -> None:
    opening.say_where_money_goes(shop=shop, by=request.user, at=timezone.now(), **form.cleaned_data)


def _save_story(request: PersonRequest, shop: Shop, form: Any) -> None:
    phone = shop.phone or shop.business.phone
    opening.tell_story(shop=shop, details=form.details(phone), cover=form.cleaned_data["cover"])


SAVE: dict[str, Callable[..., None]] = {
    "name": _save_name,
    "seller": _save_seller,
    "money": _save_money,
    "story": _save_story,
}


def _look(request: PersonRequest, shop: Shop | None) -> HttpResponse:
    """The last step: everything once more, and the button that opens."""
    if shop is None:
        return redirect("open_shop_step", step="name")
    if request.method == "POST":
        try:
            opening.open_shop(shop=shop, by=request.user, at=timezone.now())
        except opening.NotReadyToOpen as problem:
            return redirect("open_shop_step", step=problem.step)
        return redirect("share_shop")
    return render(request, "shop/seller/look.html", {"steps": _steps(shop), "step": "look", "shop": shop})
