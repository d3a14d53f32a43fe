"""How a payee is paid beside the plain PromptPay number: a biller id, told-apart amounts, and accounts with services that
take money (gateways) or ask the bank about slips. The rows are also the worker's list of what to do: whatever has a
``try_at`` is due then."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tourdee.core.ids import public_id
from tourdee.legal.models import Business

from .orders import Order
from .payments import Slip


class HowToPay(models.Model):
    """What a business asks of the PromptPay codes that are drawn for it."""

    business = models.OneToOneField(Business, on_delete=models.CASCADE, related_name="how_to_pay")
    biller_id = models.CharField(
        max_length=15, blank=True, help_text="from the bank: 13-digit tax id and two digits; then codes carry the order"
    )
    tells_apart = models.BooleanField(
        default=False, help_text="a few satang off, so that no two open amounts are equal"
    )
    account_number = models.CharField(
        max_length=15, blank=True, help_text="the bank account behind the PromptPay number, as slips show it; digits"
    )


class MoneyService(models.Model):
    """An account of a payee with an outside service. ``keys`` is sealed JSON and is never shown again; ``hint`` is the end of
    the secret, by which its owner knows it."""

    class Service(models.TextChoices):
        OPN = "opn", "Opn Payments (Omise)"
        STRIPE = "stripe", "Stripe"
        SLIPOK = "slipok", "SlipOK"
        EASYSLIP = "easyslip", "EasySlip"
        SLIP2GO = "slip2go", "Slip2Go"

    class Test(models.TextChoices):
        """What the service said to the keys."""

        WORKS = "works"
        REFUSED = "refused"
        UNAVAILABLE = "unavailable"

    GATEWAYS = (Service.OPN, Service.STRIPE)
    SLIP_SERVICES = (Service.SLIPOK, Service.EASYSLIP, Service.SLIP2GO)

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="money_services")
    service = models.CharField(max_length=8, choices=Service.choices)
    keys = models.TextField(blank=True, help_text="sealed; empty: no longer used")
    hint = models.CharField(max_length=4, blank=True)
    connected_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True, blank=True, help_text="when the worker tries the keys")
    tested_at = models.DateTimeField(null=True, blank=True)
    test = models.CharField(max_length=12, choices=Test.choices, blank=True)

    class Meta:
        ordering = ["service", "id"]
        constraints = [
            models.UniqueConstraint(fields=["business", "service"], name="one_account_with_a_service"),
            models.UniqueConstraint(
                fields=["business"],
                condition=Q(service__in=["slipok", "easyslip", "slip2go"]) & ~Q(keys=""),
                name="one_slip_service_in_use",
            ),
        ]

    def __str__(self) -> str:
        return self.get_service_display()


class GatewayCharge(models.Model):
    """One try to take the money of an order through a gateway. It is written before the gateway is asked, and its public id is
    what makes the asking come once. ``OPEN`` can be paid. ``PAID`` is the end: no later word undoes it. ``FAILED`` is what is
    known now; should the money come after all, it is paid."""

    class Method(models.TextChoices):
        PROMPTPAY = "promptpay"
        CARD = "card"

    class Status(models.TextChoices):
        ASKED = "asked"
        OPEN = "open"
        PAID = "paid"
        FAILED = "failed"

    LIVE = (Status.ASKED, Status.OPEN)

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="charges")
    service = models.ForeignKey(MoneyService, on_delete=models.PROTECT, related_name="charges")
    method = models.CharField(max_length=10, choices=Method.choices)
    satang = models.PositiveBigIntegerField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ASKED)
    reference = models.CharField(max_length=80, blank=True, help_text="the gateway's name of what is asked for")
    paid_reference = models.CharField(max_length=80, blank=True, help_text="the gateway's name of the payment")
    code = models.TextField(blank=True, help_text="text of the QR code that pays it")
    page = models.URLField(max_length=500, blank=True, help_text="the gateway's own page")
    failure = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "reference"], condition=~Q(reference=""), name="a_charge_is_made_once"
            ),
            models.UniqueConstraint(
                fields=["order", "method"], condition=Q(status__in=["asked", "open"]), name="one_open_charge_a_method"
            ),
        ]
        indexes = [models.Index(fields=["try_at"], condition=Q(try_at__isnull=False), name="charges_to_look_at")]


class GatewayNotice(models.Model):
    """Signed word from a gateway that something happened. It only says where to look: the gateway is asked itself."""

    service = models.ForeignKey(MoneyService, on_delete=models.CASCADE, related_name="notices")
    event_id = models.CharField(max_length=80)
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "event_id"], name="a_notice_comes_once")]


class GatewayRefund(models.Model):
    """Money on its way back through the gateway it came by. Once it is ``DONE`` there is a ``Refund``; ``FAILED`` is
    for the seller to pay by hand."""

    class Status(models.TextChoices):
        ASKED = "asked"
        PENDING = "pending"
        DONE = "done"
        FAILED = "failed"

    LIVE = (Status.ASKED, Status.PENDING)

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    charge = models.ForeignKey(GatewayCharge, on_delete=models.PROTECT, related_name="refunds")
    satang = models.PositiveBigIntegerField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ASKED)
    reference = models.CharField(max_length=80, blank=True)
    failure = models.CharField(max_length=80, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["charge"], condition=Q(status__in=["asked", "pending"]), name="one_open_refund_a_charge"
            ),
            models.UniqueConstraint(
                fields=["charge", "reference"], condition=~Q(reference=""), name="a_gateway_refund_comes_once"
            ),
        ]


class SlipAnswer(models.Model):
    """What a slip-checking service says about a slip; ``WAITING`` until it has said something."""

    class Verdict(models.TextChoices):
        """``OK``: the bank knows this transfer, and amount, receiver, time and reference are those of the order."""

        WAITING = "waiting"
        OK = "ok"
        DUPLICATE = "duplicate"
        AMOUNT_MISMATCH = "amount_mismatch"
        RECEIVER_MISMATCH = "receiver_mismatch"
        TIME_MISMATCH = "time_mismatch"
        PENDING = "pending"
        NOT_FOUND = "not_found"
        UNAVAILABLE = "unavailable"

    slip = models.OneToOneField(Slip, on_delete=models.CASCADE, related_name="answer")
    service = models.ForeignKey(MoneyService, on_delete=models.CASCADE, related_name="answers")
    verdict = models.CharField(max_length=20, choices=Verdict.choices, default=Verdict.WAITING)
    satang = models.PositiveBigIntegerField(null=True, blank=True, help_text="what the bank says was transferred")
    receiver = models.CharField(max_length=120, blank=True, help_text="to whom, as far as the bank tells")
    transferred_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["try_at"], condition=Q(try_at__isnull=False), name="slips_to_ask_about")]
