"""``python -m bench.slips``: how many photographed slips are read, by place and by light, and how long it takes."""

import os
import time
from collections import Counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tourdee.config.settings")


def main() -> None:
    import django

    django.setup()
    from tourdee.shop.payment_methods.slip_picture import codes_in
    from tourdee.shop.tests.slips_photographed import photos

    unread: Counter[str] = Counter()
    spent, misread, count, missing = [], [], 0, 0
    for photo in photos():
        begun = time.process_time()
        texts = codes_in(photo.jpeg(), seconds=60)
        spent.append(time.process_time() - begun)
        count += 1
        if texts not in ([], [photo.text]):
            misread.append(photo.name)
        if not texts:
            missing += 1
            unread.update((photo.place, photo.light))
    spent.sort()
    print(f"{count - missing} of {count} read ({(count - missing) / count:.1%}), {len(misread)} misread")
    print(
        f"CPU: median {spent[count // 2] * 1000:.0f} ms, p95 {spent[count * 95 // 100] * 1000:.0f} ms, drawing included"
    )
    for name, number in unread.most_common():
        print(f"  not read: {number:3} {name}")


if __name__ == "__main__":
    main()
