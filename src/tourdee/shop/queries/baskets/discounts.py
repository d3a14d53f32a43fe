"""What a voucher or the seller takes off, shared out over the lines that it counts for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tourdee.core.money import percent_of
from tourdee.core.text import THAI_DIGITS

from ...models import Shop, Voucher
from .lines import BasketLine
from .refusals import DiscountTooLarge, NoReason, VoucherRefused

LONGEST_CODE = 20


@dataclass(frozen=True, kw_only=True)
class SellersDiscount:
    """What a seller takes off an order that they make themselves: so many per cent or an amount in satang, and why.
    Never a buyer's to ask for, so it is no part of their wishes."""

    percent: int = 0
    satang: int = 0
    reason: str = ""


NO_DISCOUNT = SellersDiscount()


def voucher_code(typed: str) -> str:
    """A code as it is kept: capital letters and digits, without spaces and hyphens."""
    return "".join(sign for sign in typed.translate(THAI_DIGITS).upper() if sign.isascii() and sign.isalnum())


def voucher_named(shop: Shop, typed: str, at: datetime) -> Voucher | None:
    """The shop's voucher with that code, usable now; None where nothing was typed. Raises VoucherRefused."""
    if not typed.strip():
        return None
    code = voucher_code(typed)
    voucher = (
        Voucher.objects.filter(shop=shop, code=code, is_active=True).first() if len(code) <= LONGEST_CODE else None
    )
    if voucher is None:
        raise VoucherRefused("unknown")
    if at < voucher.valid_from:
        raise VoucherRefused("early")
    if at >= voucher.valid_to:
        raise VoucherRefused("over")
    if voucher.used >= voucher.limit:
        raise VoucherRefused("used_up")
    return voucher


def discounted(lines: Sequence[BasketLine], voucher: Voucher | None) -> list[BasketLine]:
    """The lines, each with its share. Raises VoucherRefused."""
    if voucher is None:
        return list(lines)
    base = sum(line.total_satang for line in lines if _counts(line, voucher))
    if not base:
        raise VoucherRefused("nothing")
    if base < voucher.minimum_satang:
        raise VoucherRefused("minimum", voucher.minimum_satang)
    off = percent_of(base, voucher.percent) if voucher.percent else min(voucher.amount_satang, base)
    return _shared_out(lines, lambda line: _counts(line, voucher), off, base)


def taken_off(lines: Sequence[BasketLine], discount: SellersDiscount) -> list[BasketLine]:
    """The lines, each with its share of what the seller takes off all of them. Raises NoReason, DiscountTooLarge."""
    if not discount.reason:
        raise NoReason
    base = sum(line.total_satang for line in lines)
    off = percent_of(base, discount.percent) if discount.percent else discount.satang
    if not 0 <= off <= base:
        raise DiscountTooLarge(base)
    return _shared_out(lines, lambda _line: True, off, base) if off else list(lines)


def _counts(line: BasketLine, voucher: Voucher) -> bool:
    if voucher.off == Voucher.Off.ALL:
        return True
    return (line.variant is not None) == (voucher.off == Voucher.Off.GOODS)


def _shared_out(
    lines: Sequence[BasketLine], counts: Callable[[BasketLine], bool], off: int, base: int
) -> list[BasketLine]:
    """In proportion, to the satang: each line gets the step that the running share makes at it."""
    shared, before = [], 0
    for line in lines:
        if not counts(line):
            shared.append(line)
            continue
        after = before + line.total_satang
        share = off * after // base - off * before // base
        shared.append(replace(line, discount_satang=share))
        before = after
    return shared
