"""The world in which machines walk through the acts on orders, and what must hold there whatever they do."""

from collections import Counter
from datetime import timedelta
from itertools import count
from unittest import mock

from tourdee import events

from ..models import (
    Account,
    DeliveryTerms,
    Departure,
    GatewayCharge,
    HowToPay,
    Order,
    OrderLine,
    OrderNote,
    Parcel,
    PaymentEvent,
    Posting,
    Receipt,
    Refund,
    Return,
    StockMovement,
    Variant,
    Voucher,
)
from ..queries.books import position, posted, receipts_that_count
from ..queries.money import percent_back
from ..queries.reconcile import differences
from . import factories as f

STATUS = Order.Status
KEPT_ROWS = (
    Order, OrderLine, Departure, Variant, Voucher, PaymentEvent, Refund, Return, Posting, Receipt, Parcel, StockMovement,
    GatewayCharge, OrderNote,
)  # fmt: skip
PRICES = (120033, 130001, 99999)  # odd, so that every share is rounded


class World:
    """A tour by the seat or for one party on three dates, with lunch and a pick-up, and a cloth; a shop that takes
    deposits (``deposit`` per cent), cash on delivery, vouchers, a gateway, and tells equal amounts apart (``apart``)."""

    def __init__(self, owner, at, *, deposit, apart):
        self.at, self.by, self.numbers, self.told = at, owner, count(1), []
        self.shop = shop = f.a_shop(owner)
        DeliveryTerms.objects.create(
            shop=shop, on_delivery=True, on_delivery_fee_satang=2000, on_delivery_most_satang=1000000, hands_over=True
        )
        HowToPay.objects.create(business=shop.business, tells_apart=apart)
        self.gateway = f.a_money_service(shop.business, "opn", at)
        self.tour = tour = f.a_private_tour(shop, deposit_percent=deposit, rest_due_days=7)
        self.lunch, self.hotel = f.an_extra(tour), f.a_pickup(tour)
        self.dates = [self._date(30 + 10 * place, price) for place, price in enumerate(PRICES)]
        self.cloth = f.a_product(shop, stock=9, price=34999)
        for code, columns in {"ALL": {"percent": 7}, "TOURS": {"percent": 33}, "GOODS": {"percent": 100}}.items():
            f.a_voucher(shop, at, code, off=code.lower(), limit=3, **columns)
        shop.refresh_from_db()

    def _date(self, days, price):
        date = f.a_departure(self.tour, starts_at=f.in_days(self.at, days), capacity=4)
        date.special_prices.create(category=self.tour.prices.first(), price_satang=price)
        return date

    def items(self, date, *, adults=0, babies=0, party=0, lunches=0, cloths=0):
        """What a guest asks for."""
        there = self.dates[date]
        asked = [f.seats(there, adults), f.seats(there, babies, 2), f.a_whole_departure(there, party),
                 f.an_item_of(there, self.lunch, lunches), f.goods(self.cloth, cloths)]  # fmt: skip
        return [item for item in asked if item.quantity]

    def number(self):
        return f"n{next(self.numbers)}"

    # -------------------------------------------------------------- one act
    def tried(self, act):
        """What the act gave, or nothing where it refused in its own words: then nothing has changed. Any other error ends
        the walk."""
        stale = Order.objects.filter(status=STATUS.AWAITING_PAYMENT, expires_at__lte=self.at).exists()
        before, told = self.rows(), len(self.told)
        try:
            with mock.patch.object(events, "publish", self.told.append):
                return act()
        except Exception as no:
            if not self.is_a_refusal(no):
                raise
            refused = type(no).__name__
        assert stale or self.rows() == before, f"{refused} left something behind"
        del self.told[told:]
        return None

    @staticmethod
    def is_a_refusal(error):
        kind = type(error)
        return kind.__module__.startswith("tourdee.shop.") and hasattr(kind, "message") and kind.__name__ != "TryAgain"

    @staticmethod
    def rows():
        return [list(rows.objects.order_by("pk").values_list()) for rows in KEPT_ROWS]

    # -------------------------------------------------------------- what always holds
    def is_sound(self):
        assert differences(self.at + timedelta(hours=1)) == []
        for order in Order.objects.all():
            self.is_booked(order)
            if order.status == STATUS.CONFIRMED:
                self.asks_once(order)
        for date in Departure.objects.all():
            held = OrderLine.objects.filter(departure=date, order__status__in=Order.HOLDING)
            assert date.taken == sum(held.values_list("seats", flat=True)) <= date.capacity
        for cloth in Variant.objects.all():
            assert 0 <= cloth.reserved <= cloth.stock
        held = Counter(Order.objects.filter(holds_voucher=True).values_list("voucher", flat=True))
        assert all(voucher.used == held[voucher.pk] for voucher in Voucher.objects.all())

    def is_booked(self, order):
        books = posted(order)
        assert books == position(order, order.lines.all(), receipts_that_count(order))
        assert sum(books.values()) == 0
        assert order.refund_due_satang <= order.received_satang
        assert order.paid_satang >= order.refunded_satang
        papers = sum(paper.sign * paper.satang for paper in receipts_that_count(order))
        if order.status in {STATUS.CONFIRMED, STATUS.CANCELLED}:
            assert papers == order.received_satang - order.refund_due_satang

    def asks_once(self, order):
        """What came, what is asked for, what goods gave back and what was given of good will are the price."""
        come = order.received_satang - order.refund_due_satang
        beside = order.returned_satang + order.goodwill_satang
        assert come + order.rest_satang + beside == order.total_satang
        nets = sum(line.net_satang for line in order.lines.all())
        assert nets - order.rounding_satang == order.total_satang - order.shipping_satang - order.kept_satang
        owers = (Account.GUESTS, Account.COD)
        assert sum(posted(order).get(account, 0) for account in owers) == order.rest_satang
        parcel = Parcel.objects.filter(order=order, collect_satang__gt=0, collected_at=None).first()
        if parcel and order.pay_by == Order.PayBy.ON_DELIVERY and not order.shipped_at:
            assert parcel.collect_satang == order.rest_satang

    def paid_in_full_is_told(self, before):
        """Once the last of a price has come, or is asked for no longer, its shop has earned it."""
        for order in Order.objects.filter(status=STATUS.CONFIRMED, total_satang__gt=0):
            was = before.get(order.pk)
            owed = was is None or was.status != STATUS.CONFIRMED or was.rest_satang > 0
            if owed and not order.rest_satang and order.received_satang > order.refund_due_satang:
                paid = [one for one in self.told if isinstance(one, events.OrderPaid) and one.order == order.public_id]
                assert len(paid) == 1, "nobody was told that the price has come"

    # -------------------------------------------------------------- how it ends
    def keeps_what_the_terms_promise(self, was, lines, at, by):
        """After a cancellation. Goods and shipping were paid at once; what came beyond is the seats', in equal shares."""
        now = Order.objects.get(pk=was.pk)
        kept = now.received_satang - now.refund_due_satang
        if by == "seller" or was.status != STATUS.CONFIRMED:
            assert kept == 0
            return
        come = was.received_satang - was.refund_due_satang + was.goodwill_satang
        price = was.total_satang - was.returned_satang
        goods = sum(line.net_satang for line in lines if line.variant_id) - was.returned_satang + was.shipping_satang
        at_once = min(goods, price, come)
        seats = sum(
            line.net_satang * percent_back(line.tiers, line.departure.starts_at - at) / 100
            for line in lines if line.departure
        )  # fmt: skip
        share = (come - at_once) / (price - min(goods, price)) if price > goods else 0
        back = min(share, 1) * seats + (0 if was.shipped_at else at_once)
        promised = come - was.goodwill_satang - max(0, back - was.goodwill_satang)
        assert abs(kept - max(0, promised)) <= 2 * len(lines) + was.rounding_satang, (kept, promised)
