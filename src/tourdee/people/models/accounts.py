"""People, the organisations they work for, and their roles there."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from tourdee.core.ids import public_id


class UserManager(BaseUserManager["User"]):
    """Makes users. Nobody has a password: people sign in by a one-time code, a passkey, LINE or Facebook."""

    def create_user(
        self, email: str | None = None, *, phone: str | None = None, name: str = "", **extra: object
    ) -> "User":
        address = self.normalize_email(email).lower() if email else None
        user = self.model(email=address, phone=phone or None, name=name, **extra)
        user.set_unusable_password()
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Either the e-mail or the phone may be missing, never both.

    ``password`` never holds a password, only a random mark: sessions carry its hash, so a new mark ends them all.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    email = models.EmailField(unique=True, null=True, blank=True)  # NULL, so that many have none
    phone = models.CharField(max_length=16, unique=True, null=True, blank=True, help_text="E.164")
    phone_verified = models.BooleanField(default=False)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, default="th")
    is_host = models.BooleanField(default=False, help_text="runs this installation")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False), name="user_can_be_reached"
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return self.name or self.email or self.phone or ""

    @property
    def is_staff(self) -> bool:
        """What Django calls staff: the host."""
        return self.is_host

    @cached_property
    def roles(self) -> frozenset[str]:
        """The person's roles in organisations; one query per loaded person, however often a page asks."""
        return frozenset(self.memberships.values_list("role", flat=True))


class Organisation(models.Model):
    """A public office that runs programmes, or a partner whose teams teach in them."""

    class Kind(models.TextChoices):
        OFFICE = "office"
        PARTNER = "partner"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="teams")

    def __str__(self) -> str:
        return self.name_th


class Membership(models.Model):
    """A person's role in an organisation."""

    class Role(models.TextChoices):
        OFFICER = "officer"
        INSTRUCTOR = "instructor"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation", "role"], name="one_role_once")]
