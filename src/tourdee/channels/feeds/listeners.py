"""A feed is checked again whenever something is published."""

from django.utils import timezone

from tourdee import events
from tourdee.events import listens
from tourdee.shop.models import Shop

from .actions.feeds import check_feeds
from .actions.files import forget_files_of


@listens(events.ProductPublished)
def check_after_product(happened: events.ProductPublished) -> None:
    _check(happened.shop)


@listens(events.TourPublished)
def check_after_tour(happened: events.TourPublished) -> None:
    _check(happened.shop)


@listens(events.PersonErased)
def forget_feeds(happened: events.PersonErased) -> None:
    """Files hold the shop's name and telephone."""
    for shop in Shop.objects.filter(owner__public_id=happened.user):
        forget_files_of(shop)


def _check(public_id: str) -> None:
    shop = Shop.objects.select_related("owner", "business").get(public_id=public_id)
    check_feeds(shop=shop, at=timezone.now())
