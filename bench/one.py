"""Measure on the database that the environment names, and print the figures as JSON. Called by ``python -m bench``."""

import gzip
import json
import os
import re
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import django

WINDOW, ORDERS, CHUNK, MARKET_PAGES = 1.0, 24, 120, 40


def main() -> None:
    django.setup()
    from django.core.management import call_command

    call_command("compile_translations", verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from django.utils import timezone

    from bench import line, market, octo, slips
    from bench.data import fill
    from bench.processes import server
    from tourdee.core.periodic import count_rows

    tours = fill()
    market.fill_search()
    tidy()
    figures: dict[str, Any] = {"yardstick_ms": yardstick()} | in_process(tours) | market.figures()

    known, chat = octo.fill(), line.fill()
    count_rows(timezone.now())  # as the worker does
    counts = checkout_counts(tours)
    with server({**os.environ, "TOURDEE_OCTO_REQUESTS_PER_MINUTE": "1000000"}) as running:
        figures |= {"tour_first": first_views(running, tours), "tour_repeated": repeated_views(running, tours[-50:])}
        figures["market"] = market_pages(running)
        figures["checkout"] = checkouts(running, tours) | counts
        figures |= octo.measure(running, known) | line.measure(running, chat)
    figures["slips"] = slips.figures()
    json.dump(figures, sys.stdout)


def tidy() -> None:
    """What PostgreSQL's autovacuum does by itself in the minutes after so much was written."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def yardstick() -> float:
    """CPU ms of a fixed piece of Python, the best of five: how fast this machine is today. The same machine has been seen
    to take twice as long an hour later, so figures are compared by it."""

    def once() -> float:
        begun = time.process_time()
        sum(len(str(number)) for number in range(200_000))
        return (time.process_time() - begun) * 1000

    return round(min(once() for _turn in range(5)), 1)


def in_process(tours: list[tuple[str, str, str, str]]) -> dict[str, Any]:
    """Queries and bytes, which no noise changes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    client.get(address(tours[1]))  # the first request of a process loads what is loaded lazily
    with CaptureQueriesContext(connection) as first:
        page = client.get(address(tours[0])).content
    with CaptureQueriesContext(connection) as again:
        client.get(address(tours[0]))
    return {
        "tour_queries_first": len(first), "tour_queries_repeated": len(again), "tour_html_bytes": len(page),
        "tour_html_gzip": len(gzip.compress(page, 6)), **assets(page.decode()),
    }  # fmt: skip


def assets(page: str) -> dict[str, int]:
    """CSS and JavaScript that the page asks for, as sent (gzip)."""
    from django.conf import settings

    sizes = {"css_gzip": 0, "js_gzip": 0}
    for path in re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', page):
        data = (Path(settings.STATIC_ROOT) / path).read_bytes()
        sizes["css_gzip" if path.endswith(".css") else "js_gzip"] += len(gzip.compress(data, 9))
    return sizes


def address(tour: tuple[str, str, str, str]) -> str:
    return f"/s/{tour[0]}/tours/{tour[1]}/"


def first_views(running: Any, tours: list[tuple[str, str, str, str]]) -> dict[str, float]:
    """Tours that nobody has looked at: each page is asked for once."""
    from bench.calm import median_of
    from bench.load import Visitor, in_threads

    warm = Visitor(running.port)
    for tour in tours[:40]:
        warm.get(address(tour))

    def round_of(number: int) -> dict[str, float]:
        fresh = tours[40 + number * CHUNK : 40 + (number + 1) * CHUNK]

        def look(half: int) -> int:
            visitor = Visitor(running.port)
            for tour in fresh[half::2]:
                visitor.get(address(tour))
            return len(fresh[half::2])

        return running.measured(lambda: in_threads(look))

    return median_of(round_of)


def repeated_views(running: Any, tours: list[tuple[str, str, str, str]]) -> dict[str, float]:
    """Tours that have been looked at before, by both web processes."""
    from bench.calm import median_of
    from bench.load import Visitor, in_threads

    def look_for(seconds: float) -> tuple[int, float]:
        def look(half: int) -> int:
            visitor, count, until = Visitor(running.port), 0, time.perf_counter() + seconds
            while time.perf_counter() < until:
                visitor.get(address(tours[count % len(tours)]))
                count += 1
            return count

        return in_threads(look)

    look_for(WINDOW)
    return median_of(lambda _number: running.measured(lambda: look_for(WINDOW)))


def market_pages(running: Any) -> dict[str, float]:
    """The market's page of tours and workshops, newest first, with 10,000 of them on sale."""
    from bench.calm import median_of
    from bench.load import Visitor, in_threads

    def look(half: int) -> int:
        visitor = Visitor(running.port)
        for number in range(half, MARKET_PAGES, 2):
            visitor.get(f"/market/?kind=tour&page={1 + number % 5}")
        return MARKET_PAGES // 2

    look(0)
    return median_of(lambda _number: running.measured(lambda: in_threads(look)))


def book(visitor: Any, tour: tuple[str, str, str, str], number: int) -> None:
    """A guest books two seats: tour page, basket, details, order, payment page."""
    visitor.get(address(tour)).get(f"/basket/?departure={tour[2]}&category={tour[3]}&quantity=2")
    visitor.post("/basket/", visitor.form(onward="1"))
    typed = {
        "name": "ผู้ซื้อ ทดสอบ", "phone": f"08{number + 10_000_000:08d}", "email": f"b{number}@example.org", "consent": "on",
        "agree": "on",
    }  # fmt: skip
    visitor.post("/checkout/details/", visitor.form(**typed))
    if "/o/" not in visitor.path:
        raise RuntimeError(f"no order: {re.findall('errorlist.*?</ul>', visitor.page, re.DOTALL)}")


def checkout_counts(tours: list[tuple[str, str, str, str]]) -> dict[str, int]:
    """What an order asks of the database and sends to the guest, all its pages together."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bench.load import InProcess

    book(InProcess(0), tours[2], 1)  # loads what is loaded lazily
    visitor = InProcess(0)
    with CaptureQueriesContext(connection) as asked:
        book(visitor, tours[3], 2)
    return {"queries": len(asked), "html_bytes": visitor.html_bytes, "sent_bytes": visitor.sent_bytes}


def checkouts(running: Any, tours: list[tuple[str, str, str, str]]) -> dict[str, float]:
    """Guests who book, each from an address of their own."""
    from bench.calm import median_of
    from bench.load import Visitor, in_threads

    sent: list[int] = []

    def order(number: int) -> None:
        visitor = Visitor(running.port, address=f"127.0.{1 + number // 200}.{1 + number % 200}")
        book(visitor, tours[number % len(tours)], number)
        sent.append(visitor.requests)

    def round_of(turn: int) -> dict[str, float]:
        start = 100 + turn * ORDERS

        def half_of(half: int) -> int:
            for number in range(start + half, start + ORDERS, 2):
                order(number)
            return ORDERS // 2

        return running.measured(lambda: in_threads(half_of))

    figures = median_of(round_of)
    return {**figures, "orders_per_minute": round(figures["per_second"] * 60), "requests": statistics.median(sent)}


if __name__ == "__main__":
    main()
