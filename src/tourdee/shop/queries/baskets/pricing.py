"""The whole basket: lines, what is taken off, shipping, what is due now, and who is paid."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from tourdee.legal.models import Business

from ...models import Shop, Voucher
from ..shipping import Delivery, Shipping, Tariff, shipping, tariff_of
from .deposits import due_now
from .discounts import NO_DISCOUNT, SellersDiscount, discounted, taken_off, voucher_named
from .goods import goods_lines
from .lines import Basket, BasketLine
from .options import option_lines
from .refusals import MixedSellers, NotOnSale
from .seats import opening, seat_lines
from .wishes import NOTHING_ELSE, Item, Wishes, added_up

ANY_WAY = Delivery()


def basket(
    *,
    shop: Shop,
    items: Sequence[Item],
    at: datetime,
    wishes: Wishes = NOTHING_ELSE,
    delivery: Delivery | None = ANY_WAY,
    by_seller: bool = False,
    discount: SellersDiscount = NO_DISCOUNT,
    kept_voucher: Voucher | None = None,
) -> Basket:
    """The items priced by our rows, goods with their shipping unless ``delivery`` is left out. ``by_seller``: sold in
    person or in a chat, so also after the public cut-off, until the start; then ``discount`` may stand in place of a
    voucher. ``kept_voucher``: one that was promised before, whatever has become of it. At most six queries, and one for
    each of: extras, pick-ups, a voucher. Raises NotOnSale, BadQuantity, NoSuchChoice, PrivateOrJoinIn,
    MixedSellers, VoucherRefused, DiscountTooLarge, and CannotDeliver for the shipping."""
    wanted = added_up(items)
    opens = (lambda _departure: at) if by_seller else (lambda departure: opening(departure, at))
    seats = seat_lines(shop, [item for item in wanted if item.departure and not item.extra], wishes, at, opens)
    options = option_lines(seats, [item for item in wanted if item.extra], wishes)
    goods = goods_lines(shop, [item for item in wanted if not item.departure])
    payee = _payee(shop, seats, bool(goods))
    whole = [*seats, *options, *goods]
    voucher = (kept_voucher or voucher_named(shop, wishes.voucher, at)) if discount == NO_DISCOUNT else None
    lines = discounted(whole, voucher) if discount == NO_DISCOUNT else taken_off(whole, discount)
    tariff = tariff_of(shop) if goods and delivery else None
    sent = _shipping(tariff, goods, delivery) if tariff and delivery else None
    at_once, rest_due_at = due_now(lines, sent.satang if sent else 0, at)
    return Basket(
        lines=lines,
        payee=payee,
        goods_satang=sum(line.total_satang for line in lines),
        tariff=tariff,
        shipping=sent,
        opening={line.departure.pk: opens(line.departure) for line in seats if line.departure},
        voucher=voucher,
        due_now_satang=at_once,
        rest_due_at=rest_due_at,
    )


def _shipping(tariff: Tariff, goods: list[BasketLine], delivery: Delivery) -> Shipping:
    grams = sum(line.quantity * line.variant.weight_grams for line in goods if line.variant)
    satang = sum(line.total_satang for line in goods)
    return shipping(tariff, grams=grams, goods_satang=satang, delivery=delivery)


def _payee(shop: Shop, seats: Iterable[BasketLine], has_goods: bool) -> Business:
    """Who is paid: the licensed partner for a tour under its licence, else the shop's own business."""
    payees = {line.departure.tour.seller for line in seats if line.departure}
    if has_goods:
        payees.add(shop.business)
    if len(payees) != 1:
        raise MixedSellers
    payee = payees.pop()
    if not payee.promptpay:
        raise NotOnSale
    return payee
