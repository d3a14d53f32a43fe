"""Goods in the chat, one tap after the other: which kind, how many, the sum, the order."""

import secrets
from collections.abc import Callable

from tourdee.shop.actions.orders import Refused, SoldOut
from tourdee.shop.queries.baskets import basket

from ..flex.parts import Json
from ..flex.taps import Tap
from ..queries.goods import Pieces, kinds_of, pieces, product_on_sale
from ..queries.screens import coupons, goods
from .chat_orders import order_by_tap
from .followers import note_interest
from .talk import Talk


def _product(talk: Talk, tap: Tap) -> list[Json]:
    """The kinds of a product; of a single one, how many at once."""
    product = product_on_sale(talk.shop, tap.get("t"))
    if product is None:
        return goods.gone()
    note_interest(follower=talk.follower, item=product, at=talk.at)
    kinds = kinds_of(product)
    return goods.how_many(Pieces(kinds[0])) if len(kinds) == 1 else goods.kinds(product, kinds)


def _kind(talk: Talk, tap: Tap) -> list[Json]:
    """How many, of what is left now."""
    chosen = pieces(talk.shop, tap)
    return goods.how_many(chosen) if chosen else goods.gone()


def _sum(talk: Talk, tap: Tap) -> list[Json]:
    """What it would cost and whether to order, or the question again where so many are not there."""
    chosen = pieces(talk.shop, tap)
    if chosen is None or not chosen.are_there:
        return goods.how_many(chosen) if chosen else goods.gone()
    try:
        wanted = basket(shop=talk.shop, items=chosen.items, at=talk.at, wishes=chosen.wishes(tap.get("v")))
    except Refused as problem:
        return goods.refused(problem.message, chosen)
    return goods.summary(chosen, wanted, secrets.token_hex(8), coupons.shown_vouchers(talk.shop, talk.at))


def _order(talk: Talk, tap: Tap) -> list[Json]:
    """The tap that orders. What somebody else has taken meanwhile is said with what is left."""
    chosen = pieces(talk.shop, tap)

    def refused(problem: Refused) -> list[Json]:
        return _kind(talk, tap) if isinstance(problem, SoldOut) else goods.refused(problem.message, chosen)

    return order_by_tap(talk, tap, chosen, gone=goods.gone, look_again=_sum, refused=refused)


ACTS: dict[str, Callable[[Talk, Tap], list[Json]]] = {
    "product": _product,
    "kind": _kind,
    "pieces": _sum,
    "order": _order,
}
