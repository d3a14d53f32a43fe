"""Which English words of an item are missing: foreign guests then read Thai there."""

from typing import Any

from django.utils.translation import gettext_lazy

from ..models import Product, Shop, Tour

NAME, SUMMARY, TEXT = gettext_lazy("Name"), gettext_lazy("Short description"), gettext_lazy("Description")
FIELDS: dict[type, list[tuple[str, Any]]] = {
    Tour: [
        ("name", NAME), ("summary", SUMMARY), ("description", TEXT), ("included", gettext_lazy("Included")),
        ("excluded", gettext_lazy("Not included")), ("transport", gettext_lazy("Transport")),
        ("meeting_point", gettext_lazy("Meeting point")),
    ],
    Product: [("name", NAME), ("description", TEXT)],
    Shop: [("name", NAME), ("story", gettext_lazy("Story"))],
}  # fmt: skip


def missing_english(item: Tour | Product | Shop) -> list[Any]:
    """Labels of what is written in Thai and not in English, the names of prices and variants included."""
    missing = [
        label
        for field, label in FIELDS[type(item)]
        if getattr(item, f"{field}_th") and not getattr(item, f"{field}_en")
    ]
    if isinstance(item, Tour) and item.prices.filter(is_active=True, name_en="").exists():
        missing.append(gettext_lazy("Names of the prices"))
    if isinstance(item, Product) and item.variants.filter(is_active=True, name_en="").exclude(name_th="").exists():
        missing.append(gettext_lazy("Names of the kinds"))
    return missing
