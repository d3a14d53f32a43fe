"""The buyer's last step before paying: the order is placed and the agreement to the privacy notice kept."""

from collections.abc import Sequence
from datetime import datetime

from tourdee.people.actions import record_consent

from ..models import Order, Shop
from .orders import Buyer, Delivery, Item, Wishes, place_order
from .questions import Given, answer_questions

PURPOSE = "order"


def check_out(
    *,
    shop: Shop,
    buyer: Buyer,
    items: Sequence[Item],
    wishes: Wishes,
    idempotency_key: str,
    delivery: Delivery,
    shown_satang: int,
    source: str,
    at: datetime,
    given: Sequence[Given] = (),
) -> Order:
    """Place the order that the buyer was shown, and write down, in the same transaction, that its guest agreed to the
    notice in force, and what they answered. The same key again gives the same order. Raises what ``place_order``
    raises."""

    def keep_with_it(order: Order) -> None:
        record_consent(purpose=PURPOSE, guest=f"order {order.public_id}", at=at)
        if given:
            answer_questions(order=order, given=given, at=at)

    return place_order(
        shop=shop, buyer=buyer, items=items, wishes=wishes, delivery=delivery, idempotency_key=idempotency_key, at=at,
        expected_satang=shown_satang, source=source, with_it=keep_with_it,
    )  # fmt: skip
