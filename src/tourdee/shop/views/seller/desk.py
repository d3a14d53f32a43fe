"""The seller's desk: how the shop stands, what waits, what to do next."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tourdee.core.dates import bangkok_day
from tourdee.core.qr import qr_svg
from tourdee.legal import queries as legal

from ...actions import communities, opening
from ...forms.seller_opening import ShopForm, values_of
from ...models import Shop
from ...queries import selling
from ...queries.communities import communities_for
from ...queries.groups import small_groups
from ...queries.orders import orders_to_handle
from ...queries.stock_room import low_stock
from .access import PersonRequest, with_shop


@require_safe
@login_required
def my_shop(request: PersonRequest) -> HttpResponse:
    """The first page of a seller; who has no shop yet is invited to open one."""
    shop = selling.shop_of(request.user)
    if shop is None or shop.opened_at is None:
        return render(request, "shop/seller/invitation.html", {"shop": shop})
    now = timezone.now()
    steps = selling.check_list(shop, now)
    context = {
        "shop": shop,
        "link": _link(request, shop),
        "steps": steps,
        "next_step": next((step for step in steps if not step.done), None),
        "to_handle": orders_to_handle(shop, now),
        "small_groups": small_groups(shop.pk, now),
        "departures": selling.departures_soon(request.user, now)[:4],
        "tours": selling.tours_for_seller(shop, now),
        "products": selling.products_for_seller(shop),
        "low_stock": low_stock(shop),
    }
    return render(request, "shop/seller/desk.html", context)


def _link(request: PersonRequest, shop: Shop) -> str:
    return request.build_absolute_uri(reverse("shop", args=[shop.slug]))


@require_safe
@with_shop
def share_shop(request: PersonRequest, shop: Shop) -> HttpResponse:
    """The link and the code, to copy, to print and to post."""
    link = _link(request, shop)
    code = qr_svg(link, label=_("Code that opens your shop"))
    return render(request, "shop/seller/share.html", {"shop": shop, "link": link, "code": code})


@require_http_methods(["GET", "POST"])
@with_shop
def edit_shop(request: PersonRequest, shop: Shop) -> HttpResponse:
    """Name, address, story, cover, fee."""
    form = ShopForm(
        request.POST or None,
        request.FILES or None,
        initial=values_of(shop, ShopForm),
        communities=communities_for(shop),
    )
    if request.method == "POST" and form.is_valid() and _saved(request, shop, form):
        messages.success(request, _("Saved."))
        return redirect("my_shop")
    return render(request, "shop/seller/edit_shop.html", {"form": form, "shop": shop})


def _saved(request: PersonRequest, shop: Shop, form: ShopForm) -> bool:
    try:
        opening.name_shop(owner=request.user, name=form.name(), at=timezone.now())
    except opening.SlugTaken as problem:
        form.add_error("slug", problem.message)
    except opening.NameTaken as problem:
        form.add_error("name_th", problem.message)
    else:
        opening.tell_story(shop=shop, details=form.details(shop.phone), cover=form.cleaned_data["cover"])
        chosen = form.chosen_community()
        communities.show_in_community(shop=shop, community=chosen, by=request.user, at=timezone.now())
    return form.is_valid()


@require_POST
@with_shop
def close_shop(request: PersonRequest, shop: Shop) -> HttpResponse:
    """Nothing can be ordered for a while."""
    opening.close_shop(shop=shop, by=request.user, at=timezone.now())
    messages.success(request, _("Your shop is closed. Orders that were placed go on."))
    return redirect("my_shop")


@require_POST
@with_shop
def reopen_shop(request: PersonRequest, shop: Shop) -> HttpResponse:
    """Open again."""
    try:
        opening.open_shop(shop=shop, by=request.user, at=timezone.now())
    except opening.NotReadyToOpen:
        return redirect("open_shop")
    messages.success(request, _("Your shop is open again."))
    return redirect("my_shop")


@require_safe
@with_shop
def lawful_ways(request: PersonRequest, shop: Shop) -> HttpResponse:
    """What to do without a tour-business licence: every lawful way, and which are open now."""
    ways = legal.lawful_ways(shop.business, bangkok_day(timezone.now()))
    return render(request, "shop/seller/lawful_ways.html", {"ways": ways, "shop": shop})
