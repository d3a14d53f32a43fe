"""From the kinds of a product to the question whether to order it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tourdee.core.money import baht
from tourdee.core.templatetags.tourdee import local
from tourdee.shop.models import Parcel, Product, Variant, Voucher
from tourdee.shop.queries.baskets import Basket
from tourdee.shop.queries.shipping import Shipping

from ...flex.parts import MUTED, Json, bubble, button, card, line, link, pair, tap, text
from ...flex.taps import written
from ..goods import Pieces
from .catalogue import left_words
from .menu import tile_tap, ways_on
from .places import page
from .sums import agreed, codes, discount, heading, notice, price_pairs

MOST_KINDS = 10  # of a card; the shop's page has them all
MOST_NUMBERS = 10  # of thirteen quick answers: three stay for the page and the ways out


def kinds(product: Product, variants: Sequence[Variant]) -> list[Json]:
    """The kinds of a product with what is left of each; those that are there as buttons."""
    name, shown = local(product, "name"), [Pieces(one) for one in variants[:MOST_KINDS]]
    body = [line(name, weight="bold"), line(_("Which one would you like?"), size="sm", color=MUTED)]
    body += [_kind_line(one) for one in shown]
    buttons = [button(_kind_tap(one)) for one in shown if one.left]
    alt = _("Kinds of “%(product)s”") % {"product": name}
    ways = [tile_tap("goods"), tile_tap("person")]
    return [card(alt, bubble(body, [*buttons, button(_details(product))], size="mega"), ways)]


def _kind_line(one: Pieces) -> Json:
    left, colour = left_words(one.left)
    return line(f"{_kind_name(one)} {baht(one.variant.price_satang)} · {left}", size="sm", color=colour)


def _kind_tap(one: Pieces) -> Json:
    return tap(
        f"{_kind_name(one)} {baht(one.variant.price_satang)}", written("kind", i=one.variant.public_id), one.name
    )


def _kind_name(one: Pieces) -> str:
    return local(one.variant, "name") or local(one.variant.product, "name")


def _details(product: Product) -> Json:
    return link(_("See the details"), page("product", product.shop.slug, product.public_id))


def how_many(one: Pieces) -> list[Json]:
    """How many pieces, up to those that are left; first, if more were asked for, that these are all."""
    if not one.left:
        return sold_out(one)
    said = {"unit": local(one.variant.product, "unit"), "price": baht(one.variant.price_satang)}
    words = [one.name, _("One %(unit)s is %(price)s. How many would you like?") % said]
    if one.number > one.left:
        words = [_("Only %(left)s left.") % {"left": one.left}, *words]
    return [text("\n".join(words), [*_numbers(one), tile_tap("goods"), tile_tap("person")])]


def _numbers(one: Pieces) -> list[Json]:
    quick = [
        tap(str(number), written("pieces", i=one.variant.public_id, n=number), f"{one.name}: {number}")
        for number in range(1, min(one.left, MOST_NUMBERS) + 1)
    ]
    product = one.variant.product
    if one.left > MOST_NUMBERS:
        quick.append(link(_("More than that"), page("product", product.shop.slug, product.public_id)))
    return quick


def summary(one: Pieces, wanted: Basket, key: str, vouchers: Sequence[Voucher]) -> list[Json]:
    """Everything that is agreed by the tap on the button; where to send it is said afterwards, before anything is paid."""
    body = [
        *heading(local(one.variant.product, "name")),
        *price_pairs(wanted.lines),
        *discount(wanted),
        *_delivery(wanted.shipping),
        pair(_("In all"), _at_least(wanted.total_satang, wanted.shipping)),
        line(_where_words(wanted.shipping), size="xs", color=MUTED),
        notice(_("By ordering you agree to our privacy notice.")),
    ]
    order = written("order", **one.written, **agreed(wanted, key))
    buttons = [
        button(tap(_("Order now"), order, _("Please take my order.")), strong=True),
        button(tap(_("Another number"), written("kind", i=one.variant.public_id))),
    ]
    alt = _("Please look: %(what)s, %(price)s") % {"what": one.name, "price": baht(wanted.total_satang)}
    quick = [*codes(wanted, vouchers, written("pieces", **one.written)), tile_tap("goods"), tile_tap("person")]
    return [card(alt, bubble(body, buttons, size="mega"), quick)]


def _delivery(shipping: Shipping | None) -> list[Json]:
    if shipping is None or shipping.way == Parcel.Way.HAND_OVER:
        return []
    return [pair(_("Postage"), _at_least(shipping.satang, shipping))]


def _at_least(satang: int, shipping: Shipping | None) -> str:
    """The price, or from where on, while the postage is not sure."""
    sure = shipping is None or shipping.sure
    return baht(satang) if sure else _("from %(price)s") % {"price": baht(satang)}


def _where_words(shipping: Shipping | None) -> str:
    if shipping is None or shipping.way == Parcel.Way.HAND_OVER:
        return _("You fetch it from the shop.")
    if shipping.sure:
        return _("After ordering you say where to send it, then you pay.")
    return _("After ordering you say where to send it and see the postage for that place, then you pay.")


def gone() -> list[Json]:
    """It is no longer sold."""
    return [text(_("Sorry, we no longer sell this. Please look at what else we have."), ways_on())]


def sold_out(one: Pieces) -> list[Json]:
    """None of this kind is left; its page tells when it is there again."""
    words = _("Sorry, “%(what)s” is sold out. On its page you can ask to be told when it is there again.")
    return [text(words % {"what": one.name}, [_details(one.variant.product), tile_tap("goods"), tile_tap("person")])]


def refused(message: str, one: Pieces | None) -> list[Json]:
    """It cannot be ordered like this; the reason, and the ways on."""
    again = (
        [tap(_("Once more"), written("kind", i=one.variant.public_id)), _details(one.variant.product)] if one else []
    )
    return [text(message, [*again, tile_tap("goods"), tile_tap("person")])]
