"""``python -m bench.slips``: how many photographed slips are read, by place and by light, and how long it takes."""

import os
import statistics
import time
from collections import Counter
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tourdee.config.settings")


def figures() -> dict[str, Any]:
    """How many there were, how many were read, how many read wrongly, and CPU ms of one (drawing it included)."""
    from tourdee.shop.payment_methods.slip_picture import codes_in
    from tourdee.shop.tests.slips_photographed import photos

    unread: Counter[str] = Counter()
    spent, misread, read = [], [], 0
    for photo in photos():
        begun = time.process_time()
        texts = codes_in(photo.jpeg(), seconds=60)
        spent.append((time.process_time() - begun) * 1000)
        read += bool(texts)
        if texts not in ([], [photo.text]):
            misread.append(photo.name)
        if not texts:
            unread.update((photo.place, photo.light))
    return {
        "count": len(spent), "read": read, "misread": misread, "unread": dict(unread.most_common()),
        "cpu_ms": round(statistics.median(spent)), "cpu_ms_p95": round(statistics.quantiles(spent, n=20)[-1]),
    }  # fmt: skip


def main() -> None:
    import django

    django.setup()
    found = figures()
    print(f"{found['read']} of {found['count']} read, {len(found['misread'])} misread")
    print(f"CPU: median {found['cpu_ms']} ms, p95 {found['cpu_ms_p95']} ms, drawing included")
    for name, number in found["unread"].items():
        print(f"  not read: {number:3} {name}")


if __name__ == "__main__":
    main()
