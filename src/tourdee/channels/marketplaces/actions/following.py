"""One pass over a connection: first what was sold there, then what must be told. It looks at how things stand, not at what changed,
so a lost answer, a crash or a second pass at the same time mends itself at the next.

Nothing here runs inside a transaction while the service is asked.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from tourdee import events
from tourdee.core.periodic import each_in_turn
from tourdee.shop.actions.listings import Told, forget_refusal, record_listing, record_refusal, remove_listing

from ..models import MyShop, MyShopItem
from ..myshop import CHANNEL, Client, Refused, Spent, Unavailable, client_of
from ..myshop.client import Made
from ..queries.myshop import NEW_KIND, held_here, is_public, items_to_follow, key_of, new_product, tellings
from .outside_orders import read_orders

logger = logging.getLogger(__name__)
EVERY = timedelta(seconds=60)
SOON = timedelta(seconds=20)
LEASE = timedelta(minutes=5)  # so long a pass may take before another worker takes it for dead
LONGEST_PAUSE = timedelta(hours=1)
AFTER_A_WRONG_KEY = timedelta(hours=6)


def follow_due(at: datetime) -> int:
    """Every connection that is due. Returns how many were looked at."""
    due = MyShop.objects.filter(due_at__lte=at).select_related("shop__owner").order_by("due_at")
    return each_in_turn(due, lambda one: follow(connection=one, at=at))


def follow(*, connection: MyShop, at: datetime) -> bool:
    """``False`` where another worker has it."""
    mine = MyShop.objects.filter(pk=connection.pk, due_at=connection.due_at)
    if not mine.update(due_at=at + LEASE):
        return False
    try:
        client = client_of(key_of(connection))
        _learn_categories(connection, client)
        read_orders(connection=connection, client=client, at=at)
        for item in items_to_follow(connection):
            _follow_item(connection, item, client, at)
    except Spent:
        _go_on_later(connection, at)
    except (Refused, Unavailable) as problem:
        _failed(connection, problem, at)
    except Exception as fault:
        logger.exception("MyShop of %s could not be followed", connection.shop.public_id)
        _failed(connection, Unavailable(type(fault).__name__), at)
    else:
        _succeeded(connection, at)
    return True


@transaction.atomic
def _succeeded(connection: MyShop, at: datetime) -> None:
    MyShop.objects.filter(pk=connection.pk).update(
        seen_at=at, due_at=at + EVERY, trouble="", tries=0, categories=connection.categories
    )
    if connection.seen_at is None:
        shop = connection.shop
        events.publish(events.ChannelConnected(user=shop.owner.public_id, shop=shop.public_id, channel=CHANNEL))


def _go_on_later(connection: MyShop, at: datetime) -> None:
    """A large shop takes several passes: what was told is known, so the next one begins with the rest."""
    MyShop.objects.filter(pk=connection.pk).update(due_at=at + SOON, categories=connection.categories)


def _failed(connection: MyShop, problem: Refused | Unavailable, at: datetime) -> None:
    wrong_key = isinstance(problem, Refused) and problem.code == "key"
    pause = AFTER_A_WRONG_KEY if wrong_key else min(LONGEST_PAUSE, EVERY * 2**connection.tries)
    logger.warning("MyShop of %s: %s", connection.shop.public_id, problem)
    MyShop.objects.filter(pk=connection.pk).update(
        due_at=at + pause, tries=min(connection.tries + 1, 10),
        trouble=MyShop.Trouble.KEY if wrong_key else MyShop.Trouble.AWAY,
    )  # fmt: skip


def _learn_categories(connection: MyShop, client: Client) -> None:
    """There is no list of categories to ask for, so they are learnt of the products that are there."""
    if not connection.categories:
        found = {made.category for made in client.products() if made.category[0]}
        connection.categories = sorted(found, key=lambda one: one[1])


def _follow_item(connection: MyShop, item: MyShopItem, client: Client, at: datetime) -> None:
    """One product that is refused keeps no other from being told; a wrong key or silence ends the pass."""
    try:
        if item.is_wanted and is_public(item.product):
            _put_on_sale(connection, item, client, at)
        elif item.is_shown:
            client.show(item.outside_id, shown=False)
            MyShopItem.objects.filter(pk=item.pk).update(is_shown=False)
            remove_listing(item=item.product, channel=CHANNEL, at=at)
    except Refused as problem:
        if problem.code == "key":
            raise
        MyShopItem.objects.filter(pk=item.pk).update(why=problem.code)
        record_refusal(item=item.product, channel=CHANNEL, why=problem.code, at=at)


def _put_on_sale(connection: MyShop, item: MyShopItem, client: Client, at: datetime) -> None:
    changes = tellings(item)
    if item.is_shown and not changes:
        return
    made = _made(item, client)
    held = held_here(connection)
    for one in changes:
        sku = one.variant.public_id
        if sku not in made.kinds:  # a kind that was added here later
            continue
        # Whoever has not told us of an order yet, or of a parcel sent, makes the smaller number the safe one.
        on_hand = one.pieces + min(held[sku], made.held[sku])
        client.set_kind(made.outside_id, made.kinds[sku], satang=one.satang, on_hand=on_hand)
        told = Told(price_satang=one.satang, stock=one.pieces)
        record_listing(item=one.variant, channel=CHANNEL, outside_id=made.kinds[sku], told=told, at=at)
    if not made.is_shown:
        client.show(made.outside_id, shown=True)
    MyShopItem.objects.filter(pk=item.pk).update(
        outside_id=made.outside_id, kinds=made.kinds, is_shown=True, why=_missing_kinds(item, made)
    )
    forget_refusal(product=item.product, channel=CHANNEL)


def _made(item: MyShopItem, client: Client) -> Made:
    """The product there; made only where it is not found by one of its kinds. Raises Unavailable while it is not there."""
    skus = [one.public_id for one in item.product.variants.all()]
    found = client.find(skus)
    if found is None:
        client.make(**new_product(item))
        found = client.find(skus)
    if found is None:
        raise Unavailable("made, but not there yet")
    return found


def _missing_kinds(item: MyShopItem, made: Made) -> str:
    missing = [
        f"{one.name_th} {one.public_id}"
        for one in item.product.variants.all()
        if one.is_active and one.public_id not in made.kinds
    ]
    return f"{NEW_KIND}{', '.join(missing)}"[:300] if missing else ""
