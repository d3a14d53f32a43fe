"""What becomes of a shop's feeds: accepted, pasted at the reader, fetched, written down in the shop's listings."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from tourdee import events
from tourdee.core.dates import bangkok_day
from tourdee.core.periodic import each_in_turn
from tourdee.people.models import User
from tourdee.shop.actions.listings import Told, record_listing, remove_listing
from tourdee.shop.models import Listing, Shop
from tourdee.shop.queries.listings import listed_in

from ..models import Feed, LookedOver
from ..queries.checked import is_complete, told_rows
from ..queries.rows import Row
from ..readers import READERS, Reader

A_TURN = 200  # shops
ONE_VISIT = timedelta(minutes=10)  # a reader that comes in several pieces came once
Key = tuple[int | None, int | None, int | None]


@transaction.atomic
def check_feeds(*, shop: Shop, at: datetime) -> list[str]:
    """Whose feed has nothing missing is accepted; told once for each reader. Returns the readers newly accepted."""
    version = Shop.objects.values_list("version", flat=True).get(pk=shop.pk)
    accepted = set(Feed.objects.filter(shop=shop, accepted_at__isnull=False).values_list("reader", flat=True))
    waiting = [reader for slug, reader in READERS.items() if slug not in accepted]
    complete = [reader.slug for reader in waiting if is_complete(shop, reader, bangkok_day(at))]
    LookedOver.objects.update_or_create(
        shop=shop, defaults={"version": version, "is_done": len(complete) == len(waiting)}
    )
    return [slug for slug in complete if _accept(shop, slug, at)]


def check_what_changed(at: datetime) -> int:
    """The worker's part: a seller who has mended what was missing need not ask for another check. Returns how many feeds were newly
    accepted."""
    seen = LookedOver.objects.filter(shop=OuterRef("pk")).filter(Q(version=OuterRef("version")) | Q(is_done=True))
    due = Shop.objects.filter(~Exists(seen), status=Shop.Status.OPEN).select_related("owner", "business")
    return each_in_turn(due.order_by("pk")[:A_TURN], lambda shop: len(check_feeds(shop=shop, at=at)))


def _accept(shop: Shop, slug: str, at: datetime) -> bool:
    feed, _made = Feed.objects.get_or_create(shop=shop, reader=slug)
    if not Feed.objects.filter(pk=feed.pk, accepted_at__isnull=True).update(accepted_at=at):
        return False
    events.publish(events.FeedAccepted(user=shop.owner.public_id, shop=shop.public_id, feed=slug))
    return True


@transaction.atomic
def say_pasted(*, shop: Shop, reader: Reader, by: User, at: datetime) -> None:
    """The seller gave the address to the reader: what the feed says stands there too, as far as we know."""
    feed, _made = Feed.objects.get_or_create(shop=shop, reader=reader.slug)
    if Feed.objects.filter(pk=feed.pk, pasted_at__isnull=True).update(pasted_at=at, told_at=at):
        write_listings(shop=shop, reader=reader, at=at)
        events.publish(
            events.ChannelConnected(user=by.public_id, shop=shop.public_id, channel=reader.channel)
        )  # fmt: skip


@transaction.atomic
def say_taken_out(*, shop: Shop, reader: Reader, at: datetime) -> None:
    """The address does not stand there any more."""
    Feed.objects.filter(shop=shop, reader=reader.slug).update(pasted_at=None, fetched_at=None, told_at=None)
    for listing in listed_in(shop, reader.channel):
        item = listing.variant or listing.product or listing.tour
        assert item
        remove_listing(item=item, channel=reader.channel, at=at)


def note_visit(*, shop: Shop, reader: Reader, agent: str, at: datetime) -> bool:
    """The reader came for the feed. Who only calls itself so changes a time on the seller's page and nothing else: the
    items count as listed because the seller said so."""
    if not any(name in agent for name in reader.agents):
        return False
    pasted = Feed.objects.filter(shop=shop, reader=reader.slug, pasted_at__isnull=False)
    long_ago = Q(fetched_at__isnull=True) | Q(fetched_at__lt=at - ONE_VISIT)
    return bool(pasted.filter(long_ago).update(fetched_at=at))


def write_visits(at: datetime) -> int:
    """After each visit the listings say what the reader was told. Returns how many visits were written down."""
    due = Feed.objects.filter(Q(told_at__isnull=True) | Q(told_at__lt=F("fetched_at")), fetched_at__isnull=False)
    rows = due.select_related("shop__owner", "shop__business").order_by(F("told_at").asc(nulls_first=True), "pk")
    return each_in_turn(rows, lambda feed: _visit_written(feed, at))


@transaction.atomic
def _visit_written(feed: Feed, at: datetime) -> bool:
    write_listings(shop=feed.shop, reader=READERS[feed.reader], at=at)
    return Feed.objects.filter(pk=feed.pk).update(told_at=at) == 1


def write_listings(*, shop: Shop, reader: Reader, at: datetime) -> None:
    """Every row of the feed is a listing; what left the feed has left the reader. Only what differs is written."""
    known = {_key_of_listing(one): one for one in listed_in(shop, reader.channel)}
    for row in told_rows(shop, reader, bangkok_day(at)):
        listing = known.pop(_key_of_row(row), None)
        if listing is None or (listing.price_satang, listing.stock) != (row.price_satang, row.stock):
            told = Told(price_satang=row.price_satang, stock=row.stock)
            record_listing(item=row.variant or row.item, channel=reader.channel, told=told, at=at)
    for gone in known.values():
        if item := gone.variant or gone.product or gone.tour:
            remove_listing(item=item, channel=reader.channel, at=at)


def _key_of_row(row: Row) -> Key:
    if row.variant:
        return None, row.variant.product_id, row.variant.pk
    return row.item.pk, None, None


def _key_of_listing(listing: Listing) -> Key:
    return listing.tour_id, listing.product_id, listing.variant_id
