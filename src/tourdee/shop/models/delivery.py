"""How goods get to the buyer: what a shop offers, and what an order agreed."""

from django.db import models
from django.db.models import F, Q

from .orders import Order
from .shops import Shop


class DeliveryTerms(models.Model):
    """What a shop offers. One without a row sends everywhere for its flat fee, ``Shop.shipping_satang``.

    ``by_zone``: the price depends on province and weight; else the flat fee holds. ``remote_postcodes`` cost
    ``surcharge_satang`` on top, also where shipping is free."""

    shop = models.OneToOneField(Shop, on_delete=models.CASCADE, related_name="delivery_terms")
    sends = models.BooleanField(default=True)
    by_zone = models.BooleanField(default=False)
    free_from_satang = models.PositiveBigIntegerField(null=True, blank=True, help_text="goods worth this ship free")
    packing_grams = models.PositiveIntegerField(default=0, help_text="what box and padding weigh")
    surcharge_satang = models.PositiveIntegerField(default=0)
    remote_postcodes = models.JSONField(default=list)
    hands_over = models.BooleanField(default=False, help_text="buyers may fetch goods at the shop")
    hand_over_th = models.CharField(max_length=300, blank=True, help_text="where and when")
    hand_over_en = models.CharField(max_length=300, blank=True)
    on_delivery = models.BooleanField(default=False, help_text="cash on delivery")
    on_delivery_most_satang = models.PositiveBigIntegerField(default=300000)
    on_delivery_fee_satang = models.PositiveIntegerField(default=0)
    on_delivery_provinces = models.JSONField(default=list, help_text="codes; empty: everywhere")
    return_days = models.PositiveSmallIntegerField(default=7)
    low_stock = models.PositiveSmallIntegerField(default=3)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sends=True) | Q(hands_over=True), name="goods_reach_the_buyer_somehow"),
            models.CheckConstraint(condition=Q(on_delivery=False) | Q(sends=True), name="only_parcels_collect_money"),
        ]


class ShippingZone(models.Model):
    """Provinces that cost the same. ``steps`` are [[grams, satang], …], rising: up to so many grams costs so much. The
    zone without provinces is everywhere else."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="zones")
    name_th = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    provinces = models.JSONField(default=list)
    steps = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["shop", "position"], name="one_zone_in_each_place")]


class Parcel(models.Model):
    """How the goods of an order reach the buyer, as agreed when it was placed. Carrier and number stand on the order.

    ``collect_satang`` is what the carrier collects; it ends as ``collected_at`` or, when the parcel comes back, as
    ``came_back_at``."""

    class Way(models.TextChoices):
        POST = "post"
        HAND_OVER = "hand_over"

    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="parcel")
    way = models.CharField(max_length=9, choices=Way.choices)
    house = models.CharField(max_length=200, blank=True)
    subdistrict = models.CharField(max_length=6, blank=True, help_text="DOPA code")
    province = models.PositiveSmallIntegerField(default=0)
    postcode = models.CharField(max_length=5, blank=True)
    label = models.TextField(blank=True, help_text="the address in Thai, as the carrier reads it")
    grams = models.PositiveIntegerField(default=0)
    fee_satang = models.PositiveIntegerField(default=0, help_text="for paying on delivery; part of the shipping")
    collect_satang = models.PositiveBigIntegerField(default=0)
    collected_at = models.DateTimeField(null=True, blank=True)
    came_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(collected_at__isnull=True) | Q(came_back_at__isnull=True), name="parcel_ends_one_way"
            ),
            models.CheckConstraint(
                condition=Q(collected_at__isnull=True) | Q(collect_satang__gt=0), name="collected_only_what_was_asked"
            ),
            models.CheckConstraint(
                condition=Q(collect_satang=0) | (Q(way="post") & Q(collect_satang__gte=F("fee_satang"))),
                name="only_the_post_collects",
            ),
        ]
