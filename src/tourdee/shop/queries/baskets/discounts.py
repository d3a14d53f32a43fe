"""What a voucher takes off, shared out over the lines that it counts for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tourdee.core.money import percent_of
from tourdee.core.text import THAI_DIGITS

from ...models import Shop, Voucher
from .lines import BasketLine
from .refusals import VoucherRefused

LONGEST_CODE = 20


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
    return _shared_out(lines, voucher, off, base)


def _counts(line: BasketLine, voucher: Voucher) -> bool:
    if voucher.off == Voucher.Off.ALL:
        return True
    return (line.variant is not None) == (voucher.off == Voucher.Off.GOODS)


def _shared_out(lines: Sequence[BasketLine], voucher: Voucher, off: int, base: int) -> list[BasketLine]:
    """In proportion, to the satang: each line gets the step that the running share makes at it."""
    shared, before = [], 0
    for line in lines:
        if not _counts(line, voucher):
            shared.append(line)
            continue
        after = before + line.total_satang
        share = off * after // base - off * before // base
        shared.append(replace(line, discount_satang=share))
        before = after
    return shared
