"""CSV for Meta."""

import csv
import io
from collections.abc import Iterable, Iterator

COLUMNS = [
    "id", "title", "description", "availability", "condition", "price", "link", "image_link", "brand",
    "additional_image_link", "item_group_id", "quantity_to_sell_on_facebook", "shipping_weight",
]  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def sheet(rows: Iterable[tuple[dict[str, str], list[str]]]) -> Iterator[str]:
    """One row an item, a piece at a time. What a spreadsheet would run as a formula begins with an apostrophe, in case
    somebody opens the file there."""
    yield _line(dict(zip(COLUMNS, COLUMNS, strict=True)))
    for values, pictures in rows:
        told = values | {"additional_image_link": ",".join(pictures)}
        yield _line({name: harmless(value) for name, value in told.items()})


def _line(values: dict[str, str]) -> str:
    file = io.StringIO(newline="")
    csv.DictWriter(file, COLUMNS, restval="", extrasaction="ignore", lineterminator="\r\n").writerow(values)
    return file.getvalue()


def harmless(value: str) -> str:
    """The value, which no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(FORMULA) else value
