"""Second page of the checkout: who orders. Everything that costs money is said here, before anything is owed."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tourdee.core.crypto import keyed_hash
from tourdee.core.network import visitor_address
from tourdee.core.places import places_of
from tourdee.core.text import whole_number

from ...actions.checkout import check_out
from ...actions.orders import KeyReused, NotOnDelivery, Refused, TryAgain
from ...forms.buyer.details import DetailsForm, Needs
from ...forms.questions import AnswersForm
from ...models import Order, Shop
from ...queries.basket_page import BasketPage, basket_page
from ...queries.basket_shops import order_placed_with, shop_named
from ...queries.questions import asked_of_basket
from ...queries.shipping import HAND_OVER, POST
from .kept_basket import KeptBasket, forget_basket, read_basket

CONFLICT = 409


@dataclass(frozen=True)
class Forms:
    """Who orders, and what is asked of the guests before paying."""

    buyer: DetailsForm
    answers: AnswersForm

    def are_valid(self) -> bool:
        """Both are looked at, so that everything wrong is said at once."""
        return all([self.buyer.is_valid(), self.answers.is_valid()])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """The form; sent, it becomes an order once, however often it is sent."""
    kept = read_basket(request)
    if request.method == "POST" and (placed := _placed_elsewhere(request, kept)):
        return _to_order(placed)
    shop = shop_named(kept.shop) if kept.items else None
    if shop is None:
        return redirect("cart")
    if _has_goods(kept) and not (kept.delivery.way == HAND_OVER or kept.delivery.postcode):
        return redirect(f"{reverse('cart')}?place")
    if request.method == "POST":
        total = whole_number(request.POST.get("total_on_delivery", "")[:20])
        return _sent(request, kept, shop, Forms(_form(request, kept, total), _answers(request, kept, shop)))
    page = _page(kept, shop, timezone.now())
    total = page.delivery.on_delivery if page.delivery else None
    forms = Forms(_form(request, kept, total), _answers(request, kept, shop))
    return _shown(request, kept, page, forms) if page.is_fine else redirect("cart")


def _page(kept: KeptBasket, shop: Shop, at: datetime) -> BasketPage:
    return basket_page(shop=shop, items=kept.items, wishes=kept.wishes, at=at, delivery=kept.delivery)


def _form(request: HttpRequest, kept: KeptBasket, on_delivery: int | None) -> DetailsForm:
    """What must be asked for this basket. ``on_delivery`` is the total that the page shows for paying the carrier."""
    places = places_of(kept.delivery.postcode) if kept.delivery.way == POST else ()
    needs = Needs(goods=_has_goods(kept), places=places, on_delivery=on_delivery)
    return DetailsForm(request.POST or None, initial=_known(request), needs=needs, notice_link=agreement())


def _answers(request: HttpRequest, kept: KeptBasket, shop: Shop) -> AnswersForm:
    asked = asked_of_basket(kept.items) if shop.asks_guests else []
    return AnswersForm(request.POST or None, asked=asked, strict=True)


def _has_goods(kept: KeptBasket) -> bool:
    """Whether something must reach the buyer."""
    return any(item.variant for item in kept.items)


def _placed_elsewhere(request: HttpRequest, kept: KeptBasket) -> Order | None:
    """The order that this very form became before: the basket is empty since, and the browser sends it again."""
    key = request.POST.get("key", "")
    return order_placed_with(key) if key and key != kept.key else None


def _sent(request: HttpRequest, kept: KeptBasket, shop: Shop, forms: Forms) -> HttpResponse:
    """The order; or the form again, with what is wrong and today's prices."""
    at, status, earlier = timezone.now(), 200, None
    if forms.are_valid():
        try:
            return _to_order(_order(request, kept, shop, forms, at))
        except (Refused, TryAgain) as refused:
            forms.buyer.add_error("pay_by" if isinstance(refused, NotOnDelivery) else None, refused.message)
            status = CONFLICT
            earlier = order_placed_with(kept.key) if isinstance(refused, KeyReused) else None
    page = _page(kept, shop, at)
    return _shown(request, kept, page, forms, status=status, earlier=earlier)


def _order(request: HttpRequest, kept: KeptBasket, shop: Shop, forms: Forms, at: datetime) -> Order:
    form = forms.buyer
    delivery = form.delivery(kept.delivery)
    shown = whole_number(request.POST.get("total_on_delivery" if delivery.on_delivery else "total", "")[:20])
    return check_out(
        shop=shop, buyer=form.buyer(delivery), items=kept.items, wishes=kept.wishes, delivery=delivery,
        idempotency_key=kept.key,
        shown_satang=-1 if shown is None else shown, source=network_source(request), at=at,
        given=forms.answers.given(),
    )  # fmt: skip


def _to_order(order: Order) -> HttpResponse:
    response = redirect("order_status", secret=order.secret)
    forget_basket(response)
    return response


def _shown(
    request: HttpRequest, kept: KeptBasket, page: BasketPage, forms: Forms, *, status: int = 200,
    earlier: Order | None = None,
) -> HttpResponse:  # fmt: skip
    context = {"form": forms.buyer, "answers": forms.answers, "page": page, "key": kept.key, "earlier": earlier}
    return render(request, "shop/details.html", context, status=status)


def _known(request: HttpRequest) -> dict[str, str]:
    """What a signed-in buyer need not type again."""
    user = request.user
    return {"name": user.name, "phone": user.phone or "", "email": user.email or ""} if user.is_authenticated else {}


def agreement() -> str:
    """What a buyer ticks, with the link to the notice."""
    said = _("I have read the privacy notice: the seller gets my name, contact and address for this order.")
    return format_html('{} <a href="{}" target="_blank">{}</a>', said, reverse("privacy"), _("Read it"))


def network_source(request: HttpRequest) -> str:
    """The network address, unreadable: only to count holds by."""
    return keyed_hash("order source", visitor_address(request))
