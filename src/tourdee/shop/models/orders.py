"""Orders, and what happened to them."""

from django.db import models
from django.db.models import Q

from tourdee.core.ids import public_id, secret_token, short_code
from tourdee.legal.models import Business

from .shops import Shop
from .vouchers import Voucher

_UNPAID = ["awaiting_payment", "slip_review"]  # Order.UNPAID, for its Meta


class Order(models.Model):
    """What a buyer asked for. Every change of ``status`` is one conditional UPDATE; seats and stock are given back in
    the transaction of the change that ends their hold, so exactly once.

    ``AWAITING_PAYMENT`` runs out at ``expires_at``; a slip stops the clock (``SLIP_REVIEW``)."""

    class Status(models.TextChoices):
        AWAITING_PAYMENT = "awaiting_payment"
        SLIP_REVIEW = "slip_review"
        CONFIRMED = "confirmed"
        EXPIRED = "expired"
        CANCELLED = "cancelled"
        PAID_NO_SEAT = "paid_no_seat"

    class Channel(models.TextChoices):
        """Where it was sold."""

        WEB = "web"
        CHAT = "chat"
        COUNTER = "counter"
        OCTO = "octo"

    class PayBy(models.TextChoices):
        """How the buyer chose to pay."""

        PROMPTPAY = "promptpay"
        GATEWAY = "gateway"
        ON_DELIVERY = "on_delivery"
        ON_THE_DAY = "on_the_day"
        COUNTER = "counter"
        RESELLER = "reseller"

    class RestTold(models.TextChoices):
        """How far the buyer was reminded of the rest after a deposit."""

        NOTHING = ""
        REMINDED = "reminded"
        OVERDUE = "overdue"

    HOLDING = (Status.AWAITING_PAYMENT, Status.SLIP_REVIEW, Status.CONFIRMED)
    UNPAID = (Status.AWAITING_PAYMENT, Status.SLIP_REVIEW)
    PAID_ELSEWHERE = (PayBy.ON_DELIVERY, PayBy.RESELLER)  # a carrier or a reseller collects it from the guest
    WITHOUT_A_DAY = (PayBy.ON_THE_DAY, *PAID_ELSEWHERE)  # in force unpaid: no day ends it, and nobody is reminded

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    code = models.CharField(max_length=8, unique=True, default=short_code, help_text="what people say to each other")
    secret = models.CharField(max_length=40, unique=True, default=secret_token, help_text="the buyer's link")
    pay_code = models.CharField(
        max_length=12, unique=True, null=True, blank=True, help_text="short link that the seller pastes into a chat"
    )
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="orders")
    seller = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="orders", help_text="payee")
    payee_promptpay = models.CharField(max_length=15, help_text="as it stood when the order was placed")
    payee_name = models.CharField(max_length=200)
    payee_biller = models.CharField(max_length=15, blank=True, help_text="then its code carries the order's own code")
    idempotency_key = models.CharField(max_length=64)
    request_hash = models.CharField(max_length=64, help_text="of what was asked: same key, other order is refused")
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.WEB)
    pay_by = models.CharField(max_length=12, choices=PayBy.choices, default=PayBy.PROMPTPAY)
    resold_by = models.CharField(
        max_length=120, blank=True, help_text="the reseller's name as it stood; it speaks to the guest"
    )
    language = models.CharField(max_length=5, default="th")
    buyer_name = models.CharField(max_length=200)
    buyer_email = models.EmailField(blank=True)
    buyer_phone = models.CharField(max_length=16)
    address = models.TextField(blank=True)
    note = models.TextField(blank=True)
    source = models.CharField(max_length=64, blank=True, help_text="keyed hash of the network address, to count holds")
    goods_satang = models.PositiveBigIntegerField()
    shipping_satang = models.PositiveBigIntegerField(default=0)
    discount_satang = models.PositiveBigIntegerField(default=0, help_text="what a voucher or the seller takes off")
    discount_reason = models.CharField(max_length=120, blank=True, help_text="why the seller did; empty: they did not")
    discount_percent = models.PositiveSmallIntegerField(
        default=0, help_text="where the seller gave so many per cent and not an amount"
    )
    kept_satang = models.PositiveBigIntegerField(
        default=0, help_text="what the seller keeps, by the tiers, of seats that the buyer gave up"
    )
    voucher = models.ForeignKey(Voucher, null=True, blank=True, on_delete=models.PROTECT, related_name="orders")
    holds_voucher = models.BooleanField(default=False, help_text="counted in the voucher's uses")
    rounding_satang = models.PositiveSmallIntegerField(
        default=0, help_text="part of the discount: a few satang by which its transfer is told from others"
    )
    total_satang = models.PositiveBigIntegerField()
    due_now_satang = models.PositiveBigIntegerField(
        help_text="what must have arrived before it is confirmed: the whole, a deposit, or nothing (paid on delivery)"
    )
    rest_due_at = models.DateTimeField(null=True, blank=True, help_text="until when the rest after a deposit is due")
    asked_guests_at = models.DateTimeField(null=True, blank=True, help_text="reminded of questions not answered")
    rest_told = models.CharField(max_length=8, choices=RestTold.choices, default=RestTold.NOTHING)
    paid_satang = models.PositiveBigIntegerField(default=0)
    refund_due_satang = models.PositiveBigIntegerField(default=0, help_text="still owed to the buyer")
    refunded_satang = models.PositiveBigIntegerField(default=0)
    goodwill_satang = models.PositiveBigIntegerField(
        default=0, help_text="part of what was paid back: it was not owed, so it is not asked for again"
    )
    returned_satang = models.PositiveBigIntegerField(
        default=0, help_text="owed or paid back for goods that came back: the price less this is what stands"
    )
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.AWAITING_PAYMENT)
    placed_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    tracking_number = models.CharField(max_length=30, blank=True)
    carrier = models.CharField(max_length=40, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-placed_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["shop", "idempotency_key"], name="an_order_is_placed_once"),
            models.CheckConstraint(
                condition=Q(
                    total_satang=models.F("goods_satang")
                    + models.F("shipping_satang")
                    + models.F("kept_satang")
                    - models.F("discount_satang")
                ),
                name="total_is_the_sum",
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed") | Q(paid_satang__gte=models.F("due_now_satang")),
                name="confirmed_is_paid",
            ),
            models.CheckConstraint(
                condition=Q(due_now_satang__lte=models.F("total_satang")), name="due_now_within_total"
            ),
            models.CheckConstraint(
                condition=Q(paid_satang__gte=models.F("refunded_satang") + models.F("refund_due_satang")),
                name="refund_within_paid",
            ),
            models.CheckConstraint(
                condition=Q(discount_reason="") | Q(voucher__isnull=True), name="discount_of_voucher_or_seller"
            ),
            models.CheckConstraint(
                condition=Q(discount_percent=0) | Q(discount_percent__lte=100) & ~Q(discount_reason=""),
                name="percent_of_a_sellers_discount",
            ),
            models.UniqueConstraint(
                fields=["payee_promptpay", "due_now_satang"],
                condition=Q(rounding_satang__gt=0, status__in=_UNPAID),
                name="equal_amounts_are_told_apart",
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "-placed_at"], name="orders_of_a_shop"),
            models.Index(fields=["status", "expires_at"], name="orders_by_status"),
            *(
                models.Index(fields=[who], name=f"unpaid_by_{who}", condition=Q(status__in=_UNPAID))
                for who in ("buyer_phone", "buyer_email", "source")
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def waits_for_guest(self) -> bool:
        """Agreed in a chat to be paid on delivery, and not in force before the guest has confirmed it with an address."""
        return self.pay_by == self.PayBy.ON_DELIVERY and self.status == self.Status.AWAITING_PAYMENT

    @property
    def received_satang(self) -> int:
        """What the seller has of it: paid and not paid back."""
        return self.paid_satang - self.refunded_satang

    @property
    def rest_satang(self) -> int:
        """What of the price has not come yet, whenever it is due. What was paid back of good will, or for goods that came
        back, is not asked again, and what is owed back has not come for the price."""
        come = self.received_satang - self.refund_due_satang
        return max(0, self.total_satang - come - self.goodwill_satang - self.returned_satang)

    @property
    def to_collect_satang(self) -> int:
        """What the guest of a confirmed order still has to pay to the seller themselves."""
        by_others = self.pay_by in self.PAID_ELSEWHERE
        return self.rest_satang if self.status == self.Status.CONFIRMED and not by_others else 0

    @property
    def on_the_day_satang(self) -> int:
        """What the guest brings along."""
        return self.to_collect_satang if self.pay_by == self.PayBy.ON_THE_DAY else 0

    @property
    def missing_satang(self) -> int:
        """What is to be paid at this stage: first what books it, then the rest."""
        if self.status == self.Status.CONFIRMED:
            return self.rest_satang
        return max(0, self.due_now_satang - self.received_satang)


class OrderNote(models.Model):
    """Append-only history of an order, as buyer and seller read it; also what was sent to whom."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="notes")
    at = models.DateTimeField()
    kind = models.CharField(max_length=30)
    text_th = models.TextField()
    text_en = models.TextField()

    class Meta:
        ordering = ["at", "id"]
