"""The first half of what machines do on their walks: orders are placed, changed in the chat, and paid."""

import io
from datetime import date, timedelta
from unittest import mock

from django.core.cache import caches
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tourdee.core.dates import at_bangkok

from ..actions import charges, chat_orders, counter, money, slips
from ..actions.on_the_day import take_rest
from ..actions.orders import place_order
from ..models import GatewayCharge, Order
from ..payment_methods import SlipReading
from ..payment_methods.gateways import play
from ..queries.baskets import BookingWish, SellersDiscount, Wishes
from ..queries.chat_orders import things_of
from ..queries.shipping import Delivery
from . import factories as f
from .walks import World

HOME = {"way": "post", "postcode": "50200", "subdistrict": "500108", "house": "99"}
TO_THE_CARRIER, DAY = Delivery(**HOME, on_delivery=True), timedelta(hours=24)
ORDERS, BY = st.integers(0, 2), st.sampled_from(["buyer", "seller"])
PARTS = st.sampled_from([0.1, 0.3, 0.5, 1, 1, 1, 1, 1.2])
WHAT = {
    "date": st.integers(0, 2), "adults": st.integers(0, 3), "babies": st.integers(0, 1), "lunches": st.integers(0, 2),
    "cloths": st.integers(0, 2), "party": st.sampled_from([0, 0, 0, 2]),
}  # fmt: skip
OFF = st.sampled_from([SellersDiscount(), SellersDiscount(), SellersDiscount(percent=13, reason="friend")])
CODE = st.sampled_from(["", "", "", "ALL", "TOURS", "GOODS"])


class Buying(RuleBasedStateMachine):
    """Up to three orders; each act is on one of them, as it stands."""

    def __init__(self):
        super().__init__()
        self.outer = transaction.atomic()
        self.outer._from_testcase = True  # as Django's own tests: "durable" means the innermost real transaction
        self.outer.__enter__()
        caches["default"].clear()
        self.orders, self.before = [], {}

    @initialize(
        deposit=st.sampled_from([0, 30]), apart=st.booleans(), what=st.fixed_dictionaries(WHAT), code=CODE, pays=st.booleans()
    )  # fmt: skip
    def begin(self, deposit, apart, what, code, pays):
        """With an order, mostly, and what books it."""
        self.world = World(f.a_user(), at_bangkok(date(2026, 11, 23), 9), deposit=deposit, apart=apart)
        self.place_on_the_web(what, False, code)
        if pays:
            self.pay_by_hand(0, 1)

    @property
    def at(self):
        return self.world.at

    def order(self, place):
        return Order.objects.select_related("shop__owner").get(pk=self.orders[place % len(self.orders)].pk)

    def do(self, place, act):
        """The act on that order, if there is one; then what the seller's books must say."""
        if not self.orders:
            return None
        order, self.before, self.world.told = self.order(place), Order.objects.in_bulk(), []
        done = self.world.tried(lambda: act(order))
        self.world.paid_in_full_is_told(self.before)
        return done

    # -------------------------------------------------------------- placed
    def placed(self, make):
        self.world.told = []
        self.before = Order.objects.in_bulk()
        order = len(self.orders) < 3 and self.world.tried(make)
        if order:
            self.orders.append(order)
        self.world.paid_in_full_is_told(self.before)

    def wishes(self, what, fetched, code):
        booked = BookingWish(departure=self.world.dates[what["date"]].public_id, pickup=self.world.hotel.public_id)
        return Wishes(voucher=code, bookings=(booked,) if fetched else ())

    @rule(what=st.fixed_dictionaries(WHAT), fetched=st.booleans(), code=CODE)
    def place_on_the_web(self, what, fetched, code):
        world = self.world
        self.placed(
            lambda: f.an_order(world.shop, *world.items(**what), at=self.at, wishes=self.wishes(what, fetched, code))
        )

    @rule(cloths=st.integers(1, 3), code=CODE)
    def place_on_delivery(self, cloths, code):
        world = self.world
        self.placed(
            lambda: place_order(
                shop=world.shop, buyer=f.a_buyer(), items=world.items(0, cloths=cloths), idempotency_key=world.number(),
                at=self.at, delivery=TO_THE_CARRIER, wishes=Wishes(voucher=code),
            )
        )  # fmt: skip

    @rule(dates=st.permutations([0, 1, 2]), cloths=st.integers(0, 1))
    def place_two_dates(self, dates, cloths):
        world = self.world
        items = world.items(dates[0], adults=1) + world.items(dates[1], adults=2, cloths=cloths)
        self.placed(lambda: f.an_order(world.shop, *items, at=self.at))

    @rule(what=st.fixed_dictionaries(WHAT), off=OFF, how=st.sampled_from(["cash", "transfer", "later", "on_the_day"]))
    def place_at_counter(self, what, off, how):
        world = self.world
        self.placed(
            lambda: counter.sell_at_counter(
                shop=world.shop, by=world.by, buyer=f.a_buyer(), items=world.items(**what), how=how, at=self.at,
                idempotency_key=world.number(), discount=off,
            )
        )  # fmt: skip

    @rule(
        what=st.fixed_dictionaries(WHAT), off=OFF, code=CODE, pay=st.sampled_from(["", "", "on_the_day", "on_delivery"])
    )
    def place_in_chat(self, what, off, code, pay):
        world = self.world
        agreed = chat_orders.Agreed(wishes=self.wishes(what, False, code), discount=off, **({pay: True} if pay else {}))
        self.placed(
            lambda: chat_orders.make_chat_order(
                shop=world.shop, by=world.by, buyer=f.Buyer(name="แนน", phone=""), items=world.items(**what), hold=DAY,
                idempotency_key=world.number(), at=self.at, agreed=agreed,
            )
        )  # fmt: skip

    @rule(
        place=ORDERS, what=st.fixed_dictionaries(WHAT), off=OFF, pay=st.sampled_from(["", "on_the_day", "on_delivery"])
    )
    def change_in_chat(self, place, what, off, pay):
        world, agreed = self.world, chat_orders.Agreed(discount=off, **({pay: True} if pay else {}))
        self.do(
            place,
            lambda order: chat_orders.change_chat_order(
                order=order, by=world.by, buyer=f.Buyer(name="แนน", phone=""), items=world.items(**what), hold=DAY,
                at=self.at, agreed=agreed,
                idempotency_key=world.number(),
            ),
        )  # fmt: skip

    @rule(place=ORDERS, cash=st.booleans(), dearer=st.sampled_from([0, 0, 2000, 7000]))
    def say_where_to(self, place, cash, dearer):
        def said(order):
            shown = order.total_satang + dearer * (1 if cash else -1) + (0 if cash else order.rounding_satang)
            return chat_orders.complete_details(
                order=order, buyer=f.a_buyer(), delivery=Delivery(**HOME, on_delivery=cash), shown_satang=shown,
                at=self.at, shown_things=things_of(order.lines.all()),
            )  # fmt: skip

        self.do(place, said)

    # -------------------------------------------------------------- paid
    @rule(place=ORDERS, part=PARTS)
    def pay_by_hand(self, place, part):
        self.do(
            place,
            lambda order: money.record_manual_payment(
                order=order, by=self.world.by, satang=int(order.missing_satang * part), at=self.at,
                reference=self.world.number(),
            ),
        )  # fmt: skip

    @rule(place=ORDERS)
    def pay_the_round_price(self, place):
        self.do(
            place,
            lambda order: money.record_manual_payment(
                order=order, by=self.world.by, satang=order.missing_satang + order.rounding_satang, at=self.at,
                reference=self.world.number(),
            ),
        )  # fmt: skip

    @rule(place=ORDERS)
    def take_the_rest(self, place):
        self.do(
            place,
            lambda order: take_rest(
                order=order, by=self.world.by, how="cash", shown_satang=order.rest_satang, at=self.at
            ),
        )

    @rule(place=ORDERS)
    def take_at_counter(self, place):
        self.do(place, lambda order: counter.take_counter_money(order=order, by=self.world.by, how="cash", at=self.at))

    @rule(place=ORDERS)
    def send_slip(self, place):
        reading = SlipReading("well_formed", "004", f"{next(self.world.numbers):018d}")
        with (
            mock.patch("tourdee.shop.actions.slips.read_slip", return_value=reading),
            mock.patch("tourdee.shop.actions.slips.pictures.store_private", return_value="slips/slip.jpg"),
        ):
            upload = io.BytesIO(reading.trans_ref.encode())
            self.do(place, lambda order: slips.receive_slip(order=order, upload=upload, at=self.at))

    @rule(place=ORDERS, part=PARTS)
    def decide_slip(self, place, part):
        """By the amount that was missing; a small part is a refusal."""
        slip = self.order(place).slips.filter(status="waiting").first() if self.orders else None
        if slip is None:
            return
        if part == 0.1:
            self.do(place, lambda _: slips.refuse_slip(slip=slip, by=self.world.by, reason="no", at=self.at))
            return
        satang = int(self.order(place).missing_satang * part) or 100
        self.do(place, lambda _: slips.accept_slip(slip=slip, by=self.world.by, satang=satang, at=self.at, part=True))

    @rule(place=ORDERS, pays=st.sampled_from([True, True, False]))
    def ask_gateway(self, place, pays):
        asked = self.do(
            place,
            lambda order: charges.ask_to_pay(order=order, service=self.world.gateway, method="promptpay", at=self.at),
        )
        charges.follow_charges_due(self.at)
        if asked and pays:
            self.pay_gateway(place)

    @rule(place=ORDERS)
    def pay_gateway(self, place):
        """Also late, for a charge that was replaced."""
        self.do(place, lambda order: self._gateway_pays(order))

    def _gateway_pays(self, order):
        for charge in order.charges.exclude(reference="").exclude(status="paid"):
            play.settle(charge.reference, paid=True)
            GatewayCharge.objects.filter(pk=charge.pk).update(try_at=self.at)
            charges.follow_charges_due(self.at)
