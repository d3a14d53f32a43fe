"""A shop and its pictures."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tourdee.core.ids import public_id
from tourdee.legal.models import Business
from tourdee.people.models import Community


class Shop(models.Model):
    """A seller's place on the web. ``version`` is bumped in the transaction of every change that its pages show."""

    class Status(models.TextChoices):
        DRAFT = "draft"
        OPEN = "open"
        CLOSED = "closed"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="shops")
    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="shops")
    community = models.ForeignKey(Community, null=True, blank=True, on_delete=models.SET_NULL, related_name="shops")
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    story_th = models.TextField(blank=True)
    story_en = models.TextField(blank=True)
    province = models.PositiveSmallIntegerField()
    phone = models.CharField(max_length=16)
    line_id = models.CharField(max_length=60, blank=True)
    cover = models.CharField(max_length=200, blank=True, help_text="path below the media folder, without size suffix")
    shipping_satang = models.PositiveIntegerField(default=5000, help_text="flat fee per order with goods")
    has_vouchers = models.BooleanField(default=False, help_text="only then is the basket's page asked for a code")
    asks_guests = models.BooleanField(default=False, help_text="a tour has questions: only then are they asked for")
    status = models.CharField(max_length=6, choices=Status.choices, default=Status.DRAFT)
    opened_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="one_shop_per_person")]

    def __str__(self) -> str:
        return self.name_th


class FormerSlug(models.Model):
    """An address that the shop had after it was opened: printed links, feeds and callbacks that know it go on working, and no other shop
    gets it."""

    slug = models.SlugField(max_length=60, unique=True)
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug


class Picture(models.Model):
    """A picture of a tour or product, kept in three WebP sizes (``<path>-400.webp``, ``-800``, ``-1600``)."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    tour = models.ForeignKey("shop.Tour", null=True, blank=True, on_delete=models.CASCADE, related_name="pictures")
    product = models.ForeignKey(
        "shop.Product", null=True, blank=True, on_delete=models.CASCADE, related_name="pictures"
    )
    path = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt_th = models.CharField(max_length=200, blank=True)
    alt_en = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tour__isnull=False, product__isnull=True) | Q(tour__isnull=True, product__isnull=False),
                name="picture_of_one_thing",
            ),
        ]
