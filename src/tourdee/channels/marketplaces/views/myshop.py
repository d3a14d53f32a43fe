"""LINE SHOPPING: connected by a key, products put on sale, orders that took from the stock."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tourdee.shop.models import Variant
from tourdee.shop.queries.selling import shop_of

from ..actions import myshop as acts
from ..forms.myshop import KeyForm, OfferForm
from ..models import MyShop, MyShopItem
from ..myshop import Unavailable, mode, play
from ..queries import myshop as known


@require_http_methods(["GET", "POST"])
@login_required
def my_line_shopping(request: Any) -> HttpResponse:
    """How to connect; once it is: what is there, and what was sold there."""
    shop = shop_of(request.user)
    if shop is None or shop.opened_at is None:
        return redirect("open_shop")
    form = KeyForm(request.POST or None)
    if request.method == "POST" and mode() != "off" and form.is_valid():
        acts.connect(shop=shop, key=form.cleaned_data["key"], by=request.user, at=timezone.now())
        messages.success(request, _("The key is kept. We are trying it now; look again in a minute."))
        return redirect("my_line_shopping")
    connection = known.connection_of(shop)
    context: dict[str, Any] = {"shop": shop, "form": form, "mode": mode(), "connection": connection}
    if connection:
        context |= {
            "offers": known.offers(connection),
            "orders": known.orders_of(connection),
            "offer_form": OfferForm(connection.categories),
        }
    return render(request, "marketplaces/line_shopping.html", context)


def _connected(view: Callable[..., HttpResponse]) -> Any:
    """Gives the view the person's own connection; nobody else's exists."""

    @require_POST
    @login_required
    @wraps(view)
    def guarded(request: Any, **kwargs: Any) -> HttpResponse:
        connection = get_object_or_404(MyShop.objects.select_related("shop"), shop__owner=request.user)
        view(request, connection, **kwargs)
        return redirect("my_line_shopping")

    return guarded


@_connected
def offer(request: Any, connection: MyShop) -> None:
    """The chosen products are to be on sale there."""
    form = OfferForm(connection.categories, request.POST)
    try:
        category = form.cleaned_data["category"] if form.is_valid() else 0
        number = acts.offer(
            connection=connection, products=request.POST.getlist("product"), category=category, at=timezone.now()
        )
    except acts.UnknownCategory as problem:
        messages.error(request, problem.message)
        return
    words = ngettext("%(number)s product goes there within a minute.", "%(number)s products go there within a minute.",
                     number)  # fmt: skip
    messages.success(request, words % {"number": number})


@_connected
def withdraw(request: Any, connection: MyShop, public_id: str) -> None:
    """One product is to be hidden there."""
    item = get_object_or_404(MyShopItem.objects.select_related("myshop"), myshop=connection, public_id=public_id)
    acts.withdraw(item=item, at=timezone.now())
    messages.success(request, _("It will be hidden there within a minute."))


@_connected
def look_now(request: Any, connection: MyShop) -> None:
    """Orders, prices and stock at once."""
    acts.look_now(connection=connection, at=timezone.now())
    messages.success(request, _("We are looking now."))


@_connected
def disconnect(request: Any, connection: MyShop) -> None:
    """The key is forgotten."""
    acts.disconnect(connection=connection, by=request.user, at=timezone.now())
    messages.success(
        request, _("Disconnected. What is on sale there stays there; hide it in LINE if you do not want it.")
    )


@_connected
def play_a_sale(request: Any, connection: MyShop) -> None:
    """For practice: somebody buys one piece there."""
    if mode() != "console":
        raise Http404
    kind = get_object_or_404(Variant, public_id=request.POST.get("variant", ""), product__shop=connection.shop_id)
    try:
        number = play.sell(known.key_of(connection), kind.public_id, 1)
        acts.look_now(connection=connection, at=timezone.now())
        messages.success(request, _("Practice order %(number)s: the stock goes down in a moment.") % {"number": number})
    except Unavailable:
        messages.error(request, _("It is not on sale there, or sold out."))
