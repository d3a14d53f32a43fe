"""The rate of value added tax: a dated setting with its source. Whoever asks, asks for a day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tourdee.core.models import DatedSetting

VAT_RATE = "vat_rate"


@dataclass(frozen=True)
class VatRate:
    """So many per cent from a day on. ``confirmed``: somebody has looked at the source."""

    percent: Decimal
    valid_from: date
    source: str
    confirmed: bool


# What stands until the host has entered a rate. The Revenue Code says 10 per cent (section 80); royal decrees have
# lowered it to 7 for years at a time, and the last one that we read of ends on 30 September 2026.
FIRST_RATES = (
    VatRate(
        Decimal(7),
        date(2020, 1, 1),
        "พระราชกฤษฎีกาลดอัตราภาษีมูลค่าเพิ่ม ร้อยละ 7 ถึง 30 ก.ย. 2569 "
        "(https://www.nishimura.com/en/knowledge/publications/20251022-116401)",
        confirmed=True,
    ),
    VatRate(
        Decimal(7),
        date(2026, 10, 1),
        "ยังไม่พบประกาศต่ออายุหลัง 30 ก.ย. 2569 ใช้ร้อยละ 7 ไปก่อน โปรดตรวจกับกรมสรรพากร โทร. 1161 "
        "(อัตราตามประมวลรัษฎากร มาตรา 80 คือร้อยละ 10)",
        confirmed=False,
    ),
)


def vat_rates() -> list[VatRate]:
    """Every rate that is known, the newest first. What the host entered stands before what we shipped for that day."""
    entered = {
        row.valid_from: VatRate(Decimal(str(row.value)), row.valid_from, row.source, row.confirmed)
        for row in DatedSetting.objects.filter(key=VAT_RATE)
    }
    known = {rate.valid_from: rate for rate in FIRST_RATES} | entered
    return sorted(known.values(), key=lambda rate: rate.valid_from, reverse=True)


def vat_rate_on(day: date) -> VatRate:
    """The rate in force on a day: the newest that began by then, or the oldest known."""
    rates = vat_rates()
    return next((rate for rate in rates if rate.valid_from <= day), rates[-1])
