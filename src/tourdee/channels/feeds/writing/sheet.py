"""CSV for Meta."""

import csv
import io

COLUMNS = [
    "id", "title", "description", "availability", "condition", "price", "link", "image_link", "brand",
    "additional_image_link", "item_group_id", "quantity_to_sell_on_facebook", "shipping_weight",
]  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def sheet(rows: list[tuple[dict[str, str], list[str]]]) -> bytes:
    """One row an item. What a spreadsheet would run as a formula begins with an apostrophe, in case somebody opens the
    file there."""
    file = io.StringIO(newline="")
    table = csv.DictWriter(file, COLUMNS, restval="", extrasaction="ignore", lineterminator="\r\n")
    table.writeheader()
    for values, pictures in rows:
        told = values | {"additional_image_link": ",".join(pictures)}
        table.writerow({name: harmless(value) for name, value in told.items()})
    return file.getvalue().encode()


def harmless(value: str) -> str:
    """The value, which no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(FORMULA) else value
