"""The 77 provinces by DOPA code, from geothai (GeoThai, CC BY 4.0)."""

from functools import lru_cache


@lru_cache(maxsize=1)
def _names() -> dict[int, tuple[str, str]]:
    import geothai

    return {int(p.code): (p.name_th, p.name_en) for p in geothai.provinces()}


def province_name(code: int, language: str) -> str:
    """The name in Thai or English; empty for an unknown code."""
    thai, english = _names().get(code, ("", ""))
    return thai if language.startswith("th") else english


def province_choices(language: str) -> list[tuple[int, str]]:
    """All provinces for a form, in the order of the language."""
    index = 0 if language.startswith("th") else 1
    return sorted(((code, names[index]) for code, names in _names().items()), key=lambda pair: pair[1])
