"""The legal person that sells, its papers and who checked them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tourdee.core.crypto import unseal
from tourdee.core.ids import public_id

USER = settings.AUTH_USER_MODEL


class Business(models.Model):
    """Who sells in the eyes of the law: a natural person, a group, a community enterprise or a company."""

    class Kind(models.TextChoices):
        NATURAL = "natural", _("One person")
        GROUP = "group", _("A group that is not registered as a company")
        COMMUNITY_ENTERPRISE = "community_enterprise", _("A community enterprise")
        COMPANY = "company", _("A company or registered partnership")

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    owner = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="businesses")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=200, help_text="as it stands on the licence or registration")
    address = models.TextField()
    province = models.PositiveSmallIntegerField()
    phone = models.CharField(max_length=16)
    email = models.EmailField(blank=True)
    promptpay = models.CharField(max_length=15, blank=True, help_text="phone, 13-digit id or e-wallet; digits only")
    promptpay_name = models.CharField(max_length=200, blank=True, help_text="name that the bank app shows")
    is_guide = models.BooleanField(
        default=False, help_text="leads guests as a guide, so the guide licence is asked for"
    )
    takes_partners = models.BooleanField(default=False, help_text="offers to sell tours of guides under its licence")
    sealed_tax_id = models.TextField(blank=True, help_text="a person's tax id is their citizen id, so it is sealed")
    vat_from = models.DateField(null=True, blank=True, help_text="registered for VAT since; empty: not registered")
    branch = models.CharField(max_length=5, default="00000", help_text="00000 is the head office")
    house_number = models.CharField(max_length=16, blank=True, help_text="with the next two: the address in parts")
    subdistrict = models.CharField(
        max_length=6, blank=True, help_text="its code; the first two digits are the province"
    )
    postcode = models.CharField(max_length=5, blank=True)

    class Meta:
        verbose_name_plural = "businesses"
        constraints = [
            models.CheckConstraint(
                condition=Q(vat_from__isnull=True) | ~Q(sealed_tax_id=""), name="vat_needs_a_tax_id"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tax_id(self) -> str:
        """Thirteen digits, or nothing."""
        return unseal(self.sealed_tax_id) if self.sealed_tax_id else ""

    def charges_vat(self, on: date) -> bool:
        """Whether it is registered for VAT on that day."""
        return self.vat_from is not None and self.vat_from <= on


class Paper(models.Model):
    """A licence or registration: number, picture, expiry, and who checked it when."""

    class Kind(models.TextChoices):
        GUIDE_LICENCE = "guide_licence", _("Guide licence")
        TOUR_LICENCE = "tour_licence", _("Tour-business licence")
        COMMERCIAL_REGISTRATION = "commercial_registration", _("Commercial registration")
        COMMUNITY_ENTERPRISE_REGISTRATION = "community_enterprise_registration", _("Community-enterprise registration")
        COMPANY_REGISTRATION = "company_registration", _("Company registration")

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("Waiting for the check")
        ACCEPTED = "accepted", _("Checked and accepted")
        REFUSED = "refused", _("Refused")

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=40, choices=Kind.choices)
    number = models.CharField(max_length=40)
    picture = models.CharField(max_length=200, blank=True, help_text="path below the private folder")
    expires_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SUBMITTED)
    checked_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text="why it was refused")
    submitted_at = models.DateTimeField(help_text="also what a checker has seen: a newer picture has a newer time")
    warned_days = models.PositiveSmallIntegerField(default=0, help_text="last warning of the end: 60 or 30 days before")

    class Meta:
        ordering = ["-submitted_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="submitted") | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="checked_by_someone",
            ),
        ]

    @property
    def thai_name(self) -> str:
        """Its kind in Thai, the language of the audit log."""
        with translation.override("th"):
            return str(self.get_kind_display())

    def in_force(self, on: date) -> bool:
        """Accepted and not expired on that day."""
        return self.status == self.Status.ACCEPTED and (self.expires_on is None or self.expires_on >= on)


class OperatorAgreement(models.Model):
    """A licensed operator sells a guide's tours under its own licence, is the payee, and issues the job order
    (TOUR-002 route b, TOUR-008)."""

    class Status(models.TextChoices):
        ASKED = "asked", _("Waiting for an answer")
        ACTIVE = "active", _("In force")
        REFUSED = "refused", _("Refused")
        ENDED = "ended", _("Ended")

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    guide = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="agreements_as_guide")
    operator = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="agreements_as_operator")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ASKED)
    job_order = models.CharField(max_length=80, blank=True, help_text="number of the standing job order")
    note = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "operator"], condition=Q(status__in=["asked", "active"]), name="one_live_agreement"
            ),
            models.CheckConstraint(
                condition=~Q(status="active") | ~Q(job_order=""), name="active_agreement_has_job_order"
            ),
            models.CheckConstraint(condition=~Q(guide=models.F("operator")), name="operator_is_somebody_else"),
        ]
