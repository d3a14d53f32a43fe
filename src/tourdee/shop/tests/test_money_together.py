"""Deposits, vouchers, parts, moves, returns, good will and money paid too much, come together on one order.

Each row is a story: what happens, and how much the guest will have paid when all that is asked has come and all that is
owed has gone back, in baht. Whatever the order of it, the books balance and nothing is asked or owed twice."""

from datetime import timedelta
from itertools import count

import pytest

from tourdee.events import OrderPaid

from ..actions.books import keep_books
from ..actions.cancellation import cancel_order, record_refund
from ..actions.fulfilment import ship_order
from ..actions.holds import HOLD, expire_order
from ..actions.money import record_manual_payment
from ..actions.part_cancellation import give_up_part
from ..actions.reschedule import reschedule
from ..actions.returns import ask_return, decide_return, receive_return
from ..models import Account, Order
from ..queries.baskets import Wishes
from ..queries.books import position, posted, receipts_that_count
from ..queries.deposits import owing_a_rest
from ..queries.moves import move_quote
from ..queries.parts import part_quote
from ..queries.reconcile import differences
from . import factories as f

pytestmark = pytest.mark.django_db(transaction=True)
PRICES = {"first": 1200, "same": 1200, "dearer": 1300, "cheaper": 1000}


class Story:
    """Two seats at ฿1,200 on the first of four dates, and (``goods``) three cloths at ฿350 with ฿50 to send them."""

    def __init__(self, shop, at, *, goods=False, deposit=0, voucher="", on_delivery=False):
        self.at, self.by, self.numbers = at, shop.owner, count(1)
        tour = f.a_tour(shop, deposit_percent=deposit, rest_due_days=7)
        adult = tour.prices.get(price_satang=120000)
        self.dates = {}
        for place, (name, price) in enumerate(PRICES.items()):
            self.dates[name] = f.a_departure(tour, starts_at=f.in_days(at, 30 + 10 * place))
            self.dates[name].special_prices.create(category=adult, price_satang=price * 100)
        items = [f.seats(self.dates["first"], 2), *([f.goods(f.a_product(shop, stock=9), 3)] if goods else [])]
        wishes = Wishes(voucher=f.a_voucher(shop, at, percent=10, off=voucher).code if voucher else "")
        self.made = f.an_order(shop, *items, at=at, wishes=wishes)
        if on_delivery:
            Order.objects.update(pay_by="on_delivery", due_now_satang=0, status="confirmed")
            keep_books(order=self.made, at=at)

    @property
    def order(self):
        return Order.objects.select_related("shop__owner").get(pk=self.made.pk)

    def seats(self):
        return self.order.lines.select_related("departure").get(departure__isnull=False)

    def later(self):
        """Two days before the start, when half comes back."""
        self.at = self.seats().departure.starts_at - timedelta(days=2)

    def at_last(self):
        """An hour before the start, when nothing does."""
        self.at = self.seats().departure.starts_at - timedelta(hours=1)

    def pay(self, baht):
        record_manual_payment(
            order=self.order, by=self.by, satang=baht * 100, reference=str(next(self.numbers)), at=self.at
        )

    def refund(self, baht):
        reference = str(next(self.numbers))
        record_refund(order=self.order, satang=baht * 100, reference=reference, by=self.by, at=self.at)

    def expire(self):
        expire_order(order=self.order, at=self.at + HOLD)

    def ship(self):
        ship_order(order=self.order, by=self.by, at=self.at, carrier="Flash", tracking="TH1")

    def back(self, pieces, reason="unwanted"):
        order = self.order
        cloths = {order.lines.get(variant__isnull=False).pk: pieces}
        one = ask_return(order=order, quantities=cloths, reason=reason, words="-", at=self.at)
        decide_return(asked=one, accept=True, answer="-", by=self.by, at=self.at)
        receive_return(asked=one, damaged={}, by=self.by, at=self.at)

    def one_fewer(self):
        order, lines = self.order, list(self.order.lines.select_related("departure"))
        keep = {self.seats().pk: 1}
        shown = part_quote(order, lines, keep, self.at).refund_satang
        give_up_part(order=order, keep=keep, by="buyer", at=self.at, shown_refund_satang=shown)

    def move(self, name, by="buyer"):
        order, line, to = self.order, self.seats(), self.dates[name]
        shown = move_quote(order, [line], to, self.at, by_seller=by == "seller").difference_satang
        reschedule(
            order=order, departure=line.departure, to=to, by=by, at=self.at, shown_difference_satang=shown
        )  # fmt: skip

    def cancel(self, by="buyer"):
        cancel_order(order=self.order, by=by, at=self.at)

    def in_the_end(self):
        """What the guest will have paid, in satang."""
        order = self.order
        asked = order.rest_satang if order.status == "confirmed" else 0
        return order.received_satang - order.refund_due_satang + asked

    def is_sound(self):
        order = self.order
        assert differences(self.at) == []
        assert posted(order) == position(order, order.lines.all(), receipts_that_count(order))
        assert sum(posted(order).values()) == 0
        assert order.refund_due_satang <= order.received_satang
        if order.status == "confirmed":
            self.asks_and_owes_once(order)

    def asks_and_owes_once(self, order):
        beside = order.returned_satang + order.goodwill_satang
        assert self.in_the_end() + beside == order.total_satang
        owers = (Account.GUESTS, Account.COD)
        assert sum(posted(order).get(account, 0) for account in owers) == order.rest_satang
        Order.objects.filter(pk=order.pk).exclude(pay_by="on_delivery").update(rest_due_at=self.at)
        assert owing_a_rest().exists() == (order.rest_satang > 0 and order.pay_by != "on_delivery")


STORIES = {
    "a deposit, dearer, fewer, cancelled": (
        {"deposit": 30}, "pay 720: 2400 | move dearer: 2600 | one_fewer: 1300 | later: 1300 | cancel: 360",
    ),
    "a deposit, given back in part, moved": (
        {"deposit": 30}, "pay 720: 2400 | refund 100: 2300 | move cheaper: 1900 | pay 1280: 1900 | cancel: 0",
    ),
    "good will counts once": (
        {}, "pay 2400: 2400 | refund 500: 1900 | one_fewer: 1200 | refund 700: 1200 | move dearer: 1300 | pay 100: 1300",
    ),
    "good will beside a cheaper date": (
        {}, "pay 2400: 2400 | refund 500: 1900 | move cheaper: 1900 | move dearer: 2500 | pay 600: 2500",
    ),
    "good will and cancelled by the terms": ({}, "pay 2400: 2400 | refund 500: 1900 | later: 1900 | cancel: 1200"),
    "good will and cancelled by the seller": ({}, "pay 2400: 2400 | refund 500: 1900 | cancel seller: 0"),
    "what is owed stays owed": (
        {"goods": True},
        "pay 3500: 3500 | ship: 3500 | refund 300: 3200 | back 2: 2500 | move same: 2500 | at_last: 2500 | one_fewer: 2500",
    ),
    "goods came back before a late cancellation": (
        {"goods": True}, "pay 3500: 3500 | ship: 3500 | refund 300: 3200 | back 2: 2500 | later: 2500 | cancel: 1600",
    ),
    "paid too much after good will": (
        {}, "pay 2400: 2400 | refund 500: 1900 | pay 300: 1900 | move same: 1900 | at_last: 1900 | cancel: 1900",
    ),
    "a deposit and goods that came back": (
        {"goods": True, "deposit": 30},
        "pay 1820: 3500 | ship: 3500 | back 2: 2800 | pay 1680: 2800 | refund 700: 2800 | one_fewer: 1600",
    ),
    "goods came back before their money": (
        {"goods": True, "on_delivery": True}, "ship: 3500 | back 2: 2800 | pay 3500: 2800 | refund 700: 2800",
    ),
    "a voucher, fewer, cheaper, cancelled": (
        {"voucher": "all"},
        "pay 2160: 2160 | later: 2160 | one_fewer: 1620 | move cheaper seller: 1420 | refund 740: 1420 | later: 1420 | cancel: 980",
    ),
    "a voucher for tours does not lessen what goods give back": (
        {"goods": True, "voucher": "tours"}, "pay 3260: 3260 | ship: 3260 | back 2: 2560 | one_fewer: 1480",
    ),
    "a voucher for goods is not paid out": (
        {"goods": True, "voucher": "goods"}, "pay 3395: 3395 | ship: 3395 | back 2: 2765 | back 1: 2450 | cancel: 50",
    ),
    "fewer, paid back, dearer and not yet paid": (
        {}, "pay 2400: 2400 | one_fewer: 1200 | refund 1200: 1200 | move dearer: 1300 | later: 1300 | cancel: 600",
    ),
    "paid back before it was confirmed": (
        {}, "pay 1000: 1000 | refund 1000: 0 | pay 2400: 2400 | move dearer: 2600 | pay 200: 2600",
    ),
    "everything for a fault, then half": (
        {"goods": True}, "pay 3500: 3500 | ship: 3500 | back 3 wrong: 2400 | later: 2400 | cancel: 1200",
    ),
    "too much, paid back in two steps": (
        {}, "expire: 0 | pay 2900: 2400 | one_fewer: 1200 | refund 1000: 1200 | move cheaper: 1000 | refund 900: 1000",
    ),
    "nothing is left to owe": (
        {"goods": True}, "pay 3500: 3500 | ship: 3500 | refund 3500: 0 | back 2: 0 | move dearer: 200 | pay 200: 200",
    ),
    "a deposit and goods that were sent": (
        {"goods": True, "deposit": 30}, "pay 1820: 3500 | ship: 3500 | later: 3500 | cancel: 1460",
    ),
    "a deposit and goods that were not": ({"goods": True, "deposit": 30}, "pay 1820: 3500 | later: 3500 | cancel: 360"),
    "kept, sent back, dearer, called off": (
        {"goods": True},
        "pay 3500: 3500 | later: 3500 | one_fewer: 2900 | ship: 2900 | back 1: 2550 | move dearer: 2650 | cancel seller: 0",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STORIES)
def test_whatever_comes_together_nothing_is_asked_or_owed_twice(name, owner, at):
    world, acts = STORIES[name]
    story = Story(f.a_shop(owner), at, **world)
    for step in acts.split(" | "):
        act, baht = step.split(": ")
        how, *said = act.split()
        getattr(story, how)(*(int(word) if word.isdigit() else word for word in said))
        assert (act, story.in_the_end() / 100) == (act, int(baht))
        story.is_sound()


@pytest.mark.parametrize(
    ("acts", "price"), [("pay 720 | pay 1280 | move cheaper", 200000), ("pay 720 | pay 480 | one_fewer", 120000)]
)
def test_a_price_that_has_come_because_it_fell_is_told_once(acts, price, owner, at, published):
    story = Story(f.a_shop(owner), at, deposit=30)
    for step in acts.split(" | "):
        act, *said = step.split()
        assert not [one for one in published if isinstance(one, OrderPaid)]
        getattr(story, act)(*(int(word) if word.isdigit() else word for word in said))
    paid = [one for one in published if isinstance(one, OrderPaid)]
    assert [(one.order, one.satang) for one in paid] == [(story.order.public_id, price)]
    story.is_sound()
