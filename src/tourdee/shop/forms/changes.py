"""How many of each line of an order are to be kept."""

import re

from django.http import QueryDict

from tourdee.core.text import whole_number

KEEP = re.compile(r"keep-([1-9][0-9]?)")
LONGEST_TYPED = 20


def kept_by_place(data: QueryDict) -> dict[int, int]:
    """``keep-2=1``: of the second line, one stays. What is no number is as if it were not there."""
    kept = {}
    for name, typed in data.items():
        found = KEEP.fullmatch(name)
        number = whole_number(str(typed)[:LONGEST_TYPED]) if found else None
        if found and number is not None:
            kept[int(found[1])] = number
    return kept
