"""Money is whole satang in an integer; a hundred satang are one baht. It is shown through one formatter."""

from decimal import ROUND_HALF_UP, Decimal

SATANG = 100
MAX_SATANG = 100_000_000_00  # one hundred million baht: above it somebody mistyped


def baht(satang: int) -> str:
    """``฿1,250`` or ``฿1,250.50``: Arabic digits as the price notice asks, satang only where there are any."""
    whole, rest = divmod(abs(int(satang)), SATANG)
    sign = "-" if satang < 0 else ""
    return f"{sign}฿{whole:,}" + (f".{rest:02d}" if rest else "")


def plain_baht(satang: int) -> str:
    """``1250.50``: two decimals, for spreadsheets, QR codes and machine formats."""
    return f"{Decimal(int(satang)) / SATANG:.2f}"


def satang_from_baht(amount: Decimal) -> int:
    """Whole satang of an amount in baht, half up."""
    return int((amount * SATANG).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def percent_of(satang: int, percent: int) -> int:
    """``percent`` per cent of an amount, half up, in whole satang."""
    return int((Decimal(int(satang)) * percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def vat_within(satang: int, percent: Decimal) -> int:
    """The tax inside a price that includes it: price × rate ÷ (100 + rate), half up, in whole satang."""
    return int((Decimal(int(satang)) * percent / (100 + percent)).quantize(Decimal(1), rounding=ROUND_HALF_UP))
