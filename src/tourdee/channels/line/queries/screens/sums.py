"""What every summary says before somebody agrees to it: prices, what a code takes off, the notice, the button that orders once."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tourdee.core.money import baht
from tourdee.core.templatetags.tourdee import local
from tourdee.shop.models import Voucher
from tourdee.shop.queries.baskets import Basket, BasketLine

from ...flex.parts import MUTED, TEAL, Json, line, link, pair, tap
from .places import page


def heading(name: str) -> list[Json]:
    """The question, and what it is about."""
    return [line(_("Is everything right?"), size="sm", color=MUTED), line(name, weight="bold")]


def price_pairs(lines: Sequence[BasketLine]) -> list[Json]:
    """``Adult × 2  ฿2,400``."""
    return [pair(f"{_short_name(one)} × {one.quantity}", baht(one.total_satang)) for one in lines]


def _short_name(one: BasketLine) -> str:
    return local(one, "name").rsplit(" · ", 1)[-1]


def discount(wanted: Basket) -> list[Json]:
    """What the code takes off; nothing without one."""
    if wanted.voucher is None:
        return []
    return [pair(_("Code %(code)s") % {"code": wanted.voucher.code}, baht(-wanted.discount_satang))]


def codes(wanted: Basket, vouchers: Sequence[Voucher], again: str) -> list[Json]:
    """One tap uses a code, where none is used yet; ``again`` is the button that asks for the sum."""
    if wanted.voucher:
        return []
    return [tap(_("Use %(code)s") % {"code": one.code}, f"{again}&v={one.code}") for one in vouchers]


def agreed(wanted: Basket, key: str) -> dict[str, object]:
    """What the button that orders says beside the things: the sum that was shown, a key that makes two taps one order, the
    code."""
    return {"s": wanted.total_satang, "k": key, "v": wanted.voucher.code if wanted.voucher else ""}


def notice(words: str) -> Json:
    """That ordering agrees to the privacy notice, which is behind the words."""
    return line(words, size="xs", color=TEAL, action=link(_("Privacy notice"), page("privacy")))
