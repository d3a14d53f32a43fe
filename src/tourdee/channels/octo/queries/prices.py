"""Prices as the standard writes them (octo/pricing): what the guest pays, and what the reseller owes the shop."""

from collections.abc import Iterable, Mapping
from typing import Any

from tourdee.shop.models import PriceCategory
from tourdee.shop.queries.resale import net_of


def pricing(retail_satang: int, net_satang: int) -> dict[str, Any]:
    """One price."""
    return {
        "original": retail_satang, "retail": retail_satang, "net": net_satang, "currency": "THB", "currencyPrecision": 2,
        "includedTaxes": [],
    }  # fmt: skip


def unit_price(unit: PriceCategory, commission_percent: int) -> dict[str, Any]:
    """The price of one of a unit."""
    return pricing(unit.price_satang, net_of(unit.price_satang, commission_percent))


def unit_prices(units: Iterable[PriceCategory], commission_percent: int) -> list[dict[str, Any]]:
    """The price of one of each unit."""
    return [{"unitId": unit.public_id, **unit_price(unit, commission_percent)} for unit in units]


def sum_of(wanted: Mapping[str, int], units: Mapping[str, PriceCategory], commission_percent: int) -> dict[str, Any]:
    """What so many of each unit cost together."""
    chosen = [(units[unit].price_satang, count) for unit, count in wanted.items()]
    retail = sum(price * count for price, count in chosen)
    net = sum(net_of(price, commission_percent) * count for price, count in chosen)
    return pricing(retail, net)
