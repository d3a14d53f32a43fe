"""A seller's part of the today page: money to confirm, parcels to send, what the shop still lacks."""

from datetime import datetime

from django.db.models import Count, F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from tourdee.core.dates import bangkok_day
from tourdee.core.money import baht
from tourdee.inbox.queries import waiting_conversations
from tourdee.legal import queries as legal
from tourdee.people.models import User
from tourdee.shop.models import Order, Shop
from tourdee.shop.queries.orders import OrdersToHandle, orders_to_handle_for

from .todo import Todo


def waiting(user: User, facts: list[tuple[str, str, str]], at: datetime) -> list[Todo]:
    """What buyers wait for. Also tells the shop's income for the row of numbers."""
    handle = orders_to_handle_for(user, at)
    _income(user, facts)
    return _orders(handle) + _customers(user)


def _orders(handle: OrdersToHandle) -> list[Todo]:
    """What orders wait for, one line for each kind of work that there is."""
    kinds = (
        (handle.slips, "cash", _("Money to confirm"),
         _("A buyer sent a slip. Look into your bank app, then confirm or refuse."), _("Look")),
        (handle.no_seat, "alert-triangle", _("Paid, but no seat left"),
         _("Offer another date or pay the money back."), _("Solve it")),
        (handle.refunds, "coins", _("Refunds to pay"),
         _("You owe a buyer money back; pay it and write down the reference."), _("See them")),
        (handle.to_send, "truck-delivery", _("Parcels to send"),
         _("Pack them and type in the tracking number."), _("See them")),
        (handle.unpaid, "coins", _("Guests who were to pay on the day"),
         _("Write down the money, or cancel the booking of who did not come."), _("See them")),
    )  # fmt: skip
    page = reverse("my_orders")
    todo = [Todo(icon, title, text, page, action, len(rows)) for rows, icon, title, text, action in kinds if rows]
    return todo + _returns(handle)


def _returns(handle: OrdersToHandle) -> list[Todo]:
    if not handle.returns:
        return []
    text = _("Say whether you take them back, and where to.")
    return [Todo("refresh", _("Goods to take back"), text, reverse("my_returns"), _("See them"), len(handle.returns))]


def _customers(user: User) -> list[Todo]:
    """Who has written and waits for an answer."""
    number = waiting_conversations(user)
    text = _("Answer while they still want to buy.")
    todo = Todo("message-circle", _("Customers wait for an answer"), text, reverse("my_inbox"), _("Answer"), number)
    return [todo] if number else []


def _income(user: User, facts: list[tuple[str, str, str]]) -> None:
    """What the own shop sold and what the own licence was paid for, refunds taken off."""
    own = Order.objects.filter(Q(shop__owner=user) | Q(seller__owner=user), confirmed_at__isnull=False)
    paid = own.annotate(kept=F("paid_satang") - F("refunded_satang") - F("refund_due_satang")).filter(kept__gt=0)
    sums = paid.aggregate(total=Sum("kept"), orders=Count("pk"))
    if sums["total"]:
        facts += [
            ("coins", baht(sums["total"]), _("earned by your shop")),
            ("receipt", f"{sums['orders']:,}", _("paid orders")),
        ]


def next_for_shop(user: User, at: datetime) -> list[Todo]:
    """The next step of the shop itself."""
    shop = Shop.objects.filter(owner=user).select_related("business").first()
    if shop is None:
        text = _("Five short steps. You can change everything later.")
        return [Todo("building-store", _("Open your shop"), text, reverse("my_shop"), _("Begin"))]
    if shop.status != Shop.Status.OPEN:
        text = _("Finish the last steps so that guests can find you.")
        return [Todo("building-store", _("Your shop is not open yet"), text, reverse("my_shop"), _("Go on"))]
    return _lacks(shop, at)


def _lacks(shop: Shop, at: datetime) -> list[Todo]:
    """What an open shop still lacks: papers, and something to sell."""
    todos = []
    if legal.missing_papers(shop.business, bangkok_day(at)):
        text = _("Add them so that the office can check your shop.")
        todos.append(
            Todo("file-certificate", _("Papers are missing"), text, reverse("my_papers"), _("See what is missing"))
        )
    if not shop.tours.exists() and not shop.products.exists():
        text = _("A tour, a workshop or a product: begin with the one you know best.")
        todos.append(Todo("plus", _("Put the first thing on sale"), text, reverse("my_shop"), _("Begin")))
    return todos
