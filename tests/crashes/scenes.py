"""What stands ready before a way is walked, and what buyer, seller, reseller and worker do on it.

Each act may be repeated when its answer was lost; what an act needs to know of the acts before it, it looks up.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from unittest import mock
from uuid import uuid4

from tourdee.shop.actions import deposits, on_delivery, slips
from tourdee.shop.actions.cancellation import cancel_order, record_refund
from tourdee.shop.actions.charges import ask_to_pay, follow_charges_due, receive_notice
from tourdee.shop.actions.counter import CASH, ON_THE_DAY, hand_over, sell_at_counter
from tourdee.shop.actions.fulfilment import ship_order
from tourdee.shop.actions.gateway_refunds import ask_refund, follow_refunds_due
from tourdee.shop.actions.money import apply_pending_payments, record_manual_payment
from tourdee.shop.actions.on_the_day import take_rest
from tourdee.shop.actions.orders import Buyer, Delivery, Item, place_order
from tourdee.shop.actions.part_cancellation import give_up_part
from tourdee.shop.actions.reschedule import reschedule
from tourdee.shop.actions.slip_answers import ask_about_slips_due
from tourdee.shop.models import DeliveryTerms, Departure, GatewayCharge, MoneyService, Order, PriceCategory, Shop
from tourdee.shop.payment_methods.gateways import play
from tourdee.shop.payment_methods.slip_services import Told
from tourdee.shop.tests import factories as f

WALK_IN = Buyer(name="คุณแนน", phone="")
BY_CASH_TO_THE_DOOR = Delivery(way="post", postcode="50200", subdistrict="500108", house="99", on_delivery=True)
PAUSE = timedelta(minutes=3)
REFERENCE = "0163200000000042"


@dataclass
class Scene:
    """A shop with a tour for two adults (฿1,200 each) in twenty days and two pieces of cloth (฿350 each). ``at`` is now."""

    at: datetime
    shop: Shop = field(default_factory=f.a_shop)
    buyer: Buyer = field(default_factory=f.a_buyer)
    uuid: str = field(default_factory=lambda: str(uuid4()))

    def __post_init__(self) -> None:
        self.departure = f.a_departure(f.a_tour(self.shop), starts_at=f.in_days(self.at, 20))
        self.two = [f.seats(self.departure, 2)]
        self.begin()

    def begin(self) -> None:
        """What this scene has beside."""

    @property
    def order(self) -> Order:
        """The one that there is."""
        return Order.objects.get()

    @property
    def owner(self):
        return self.shop.owner

    # -------------------------------------------------------------- the buyer
    def place(self) -> None:
        self._placed(self.two)

    def _placed(self, items: list[Item], **more: object) -> None:
        place_order(
            shop=self.shop, buyer=self.buyer, items=items, idempotency_key="one-form", at=self.at, **more
        )  # fmt: skip

    def cancel(self) -> None:
        cancel_order(order=self.order, by="buyer", at=self.at)

    # -------------------------------------------------------------- the seller
    def paid(self, satang: int, reference: str) -> None:
        record_manual_payment(order=self.order, by=self.owner, satang=satang, reference=reference, at=self.at)

    def pay(self) -> None:
        self.paid(240000, "first")

    def pay_back(self) -> None:
        record_refund(order=self.order, satang=self.order_owes, reference="back", by=self.owner, at=self.at)

    order_owes = 0  # what the seller read on the page before anything was lost

    # -------------------------------------------------------------- the worker
    pause = PAUSE  # until somebody goes on
    turns = 1  # of the worker, until nothing is left to do

    def work(self) -> None:
        """What it does by the clock."""
        apply_pending_payments(self.at)

    def work_on(self) -> None:
        """Whoever died is followed by another worker, which takes up what was begun."""
        for _turn in range(self.turns):
            self.at += self.pause
            self.work()


class Slip(Scene):
    """A picture of a slip, which the seller looks at."""

    def begin(self) -> None:
        self.picture = f.a_slip(reference=REFERENCE).getvalue()

    def send_slip(self) -> None:
        slips.receive_slip(order=self.order, upload=BytesIO(self.picture), at=self.at)

    def accept_slip(self) -> None:
        slips.accept_slip(slip=self.order.slips.get(), by=self.owner, satang=240000, at=self.at)


class CheckedSlip(Slip):
    """A service finds the slip in the bank. A second question about it would be answered "duplicate"."""

    def begin(self) -> None:
        super().begin()
        f.a_money_service(self.shop.business, "slipok", self.at)

    turns = 2

    def work(self) -> None:
        super().work()
        with mock.patch("tourdee.shop.actions.slip_answers.verifier_of", return_value=self):
            ask_about_slips_due(self.at)

    def verify(self, *, code: str, satang: int) -> Told:
        return Told(
            result="ok", trans_ref=REFERENCE, satang=240000, accounts=("xxx-xxx-5678",), transferred_at=self.at
        )  # fmt: skip


class Gateway(Scene):
    """Paid through Opn's twin, and ฿10 of it paid back."""

    def begin(self) -> None:
        self.service: MoneyService = f.a_money_service(self.shop.business, "opn", self.at)

    turns = 2

    def work(self) -> None:
        super().work()
        follow_charges_due(self.at)
        follow_refunds_due(self.at)

    def ask_to_pay(self) -> None:
        if self.order.status == "awaiting_payment":
            ask_to_pay(order=self.order, service=self.service, method="card", at=self.at)

    def pay_there(self) -> None:
        """At the gateway, which sends its notice."""
        settled = play.settle(self.charge.reference, paid=True)
        headers, raw = play.notice(settled, secret=play.OPN_KEYS["webhook_secret"], at=self.at)
        receive_notice(service=self.service, headers=headers, raw=raw, at=self.at)

    def refund(self) -> None:
        if not self.charge.refunds.exists():  # the seller sees on the page whether it was asked for
            ask_refund(charge=self.charge, satang=1000, by=self.owner, at=self.at)

    @property
    def charge(self) -> GatewayCharge:
        return self.order.charges.get()


class Deposit(Scene):
    """Thirty per cent now, the rest seven days before."""

    def begin(self) -> None:
        self.departure.tour.deposit_percent, self.departure.tour.rest_due_days = 30, 7
        self.departure.tour.save()

    def pay_deposit(self) -> None:
        self.paid(72000, "deposit")

    def pay_rest(self) -> None:
        self.paid(168000, "rest")

    def remind(self) -> None:
        deposits.remind_of_rests(self.at + timedelta(days=11))

    def drop(self) -> None:
        """A day after the rest was due."""
        deposits.remind_of_rests(self.at + timedelta(days=13, hours=1))
        deposits.drop_unpaid_rests(self.at + timedelta(days=14, hours=2))


class Counter(Scene):
    """Sold over the counter: seats and a cloth."""

    def begin(self) -> None:
        self.cloth = f.goods(f.a_product(self.shop), 1)

    def sell(self) -> None:
        self._sold(CASH, [*self.two, self.cloth])

    def sell_for_the_day(self) -> None:
        self._sold(ON_THE_DAY, self.two)

    def _sold(self, how: str, items: list[Item]) -> None:
        sell_at_counter(
            shop=self.shop, by=self.owner, buyer=WALK_IN, items=items, how=how, idempotency_key="one-form", at=self.at
        )

    def hand_over(self) -> None:
        hand_over(order=self.order, by=self.owner, at=self.at)

    def take_rest(self) -> None:
        take_rest(order=self.order, by=self.owner, how=CASH, shown_satang=240000, at=self.at)


class OnDelivery(Scene):
    """Two cloths, paid to the postman."""

    def begin(self) -> None:
        terms = {"on_delivery": True, "on_delivery_fee_satang": 2000, "on_delivery_most_satang": 100000}
        DeliveryTerms.objects.create(shop=self.shop, **terms)
        self.cloths = f.goods(f.a_product(self.shop), 2)

    def place_cloths(self) -> None:
        self._placed([self.cloths], delivery=BY_CASH_TO_THE_DOOR)

    def ship(self) -> None:
        ship_order(order=self.order, by=self.owner, at=self.at, carrier="Flash Express", tracking="TH1")

    def collected(self) -> None:
        on_delivery.record_collected(order=self.order, by=self.owner, at=self.at)

    def came_back(self) -> None:
        on_delivery.record_came_back(order=self.order, by=self.owner, at=self.at, fit=True)


class Refunded(Scene):
    """Cancelled long before the day: everything goes back."""

    order_owes = 240000


class Dearer(Scene):
    """A later date costs ฿300 more each."""

    def begin(self) -> None:
        self.other: Departure = f.a_departure(self.departure.tour, starts_at=f.in_days(self.at, 30))
        adult: PriceCategory = self.departure.tour.prices.first()
        self.other.special_prices.create(category=adult, price_satang=150000)

    def move(self) -> None:
        reschedule(
            order=self.order, departure=self.departure, to=self.other, by="buyer", at=self.at,
            shown_difference_satang=60000,
        )  # fmt: skip

    def pay_difference(self) -> None:
        self.paid(60000, "difference")


class Smaller(Scene):
    """One of the two stays at home."""

    order_owes = 120000

    def give_up_one(self) -> None:
        line = self.order.lines.get()
        give_up_part(order=self.order, keep={line.pk: 1}, by="buyer", at=self.at, shown_refund_satang=120000)
