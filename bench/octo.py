"""What a reseller's program costs: a year of a busy tour, and booking the seats of one departure as fast as it goes."""

import http.client
import json
import time
from typing import Any
from uuid import uuid4

A_DAY, DAYS, SEATS = 20, 365, 30_000
WINDOW = 2.0
PROGRAMS = 8  # of two, each keeping its connection, both came to be served by one of the web processes half of the time


def fill() -> dict[str, str]:
    """A tour with twenty departures a day for a year, one that never fills, and a key."""
    from datetime import timedelta

    from django.utils import timezone

    from tourdee.channels.octo.actions.keys import add_reseller, make_key
    from tourdee.core.dates import at_bangkok, bangkok_day
    from tourdee.shop.models import Departure, Tour

    tour = Tour.objects.select_related("shop__owner").order_by("pk").first()
    assert tour
    now = timezone.now()
    days = [bangkok_day(now) + timedelta(days=number) for number in range(20, 20 + DAYS)]
    starts = [at_bangkok(day, hour // 2 + 8, hour % 2 * 30) for day in days for hour in range(1, A_DAY + 1)]
    Departure.objects.bulk_create(
        [Departure(tour=tour, starts_at=moment, capacity=SEATS) for moment in starts], ignore_conflicts=True
    )
    hot = Departure.objects.get(tour=tour, starts_at=starts[0])
    owner = tour.shop.owner
    reseller = add_reseller(shop=tour.shop, name="Bench", email="", commission_percent=20, by=owner, at=now)
    return {
        "slug": tour.shop.slug, "secret": make_key(reseller=reseller, by=owner, at=now).secret, "tour": tour.public_id,
        "departure": hot.public_id, "unit": tour.prices.all()[0].public_id, "first": days[0].isoformat(),
        "last": days[-1].isoformat(),
    }  # fmt: skip


class Program:
    """One kept connection."""

    def __init__(self, port: int, known: dict[str, str]) -> None:
        self.known, self.base = known, f"/octo/{known['slug']}"
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {
            "Authorization": f"Bearer {known['secret']}", "Content-Type": "application/json", "Host": "localhost",
            "Octo-Capabilities": "octo/pricing",
        }  # fmt: skip

    def post(self, path: str, body: dict[str, Any]) -> Any:
        self.connection.request("POST", self.base + path, json.dumps(body), self.headers)
        answer = self.connection.getresponse()
        data = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {path} {data[:300]!r}")
        return data

    def book(self) -> None:
        """Reserve one seat and confirm it."""
        uuid, known = str(uuid4()), self.known
        self.post(
            "/bookings",
            {
                "uuid": uuid, "productId": known["tour"], "optionId": "DEFAULT", "availabilityId": known["departure"],
                "unitItems": [{"unitId": known["unit"]}],
            },
        )  # fmt: skip
        contact = {"fullName": "Anna Berg", "emailAddress": "anna@example.org"}
        self.post(f"/bookings/{uuid}/confirm", {"contact": contact, "resellerReference": uuid[:8]})

    def year(self) -> int:
        """How many departures a year's answer has."""
        known = self.known
        span = {"localDateStart": known["first"], "localDateEnd": known["last"]}
        data = self.post("/availability", {"productId": known["tour"], "optionId": "DEFAULT"} | span)
        return len(json.loads(data))


def measure(running: Any, known: dict[str, str]) -> dict[str, Any]:
    """The figures of both."""
    from bench.calm import median_of
    from bench.load import in_threads

    year = Program(running.port, known)
    departures = year.year()

    def ask_for_a_year() -> tuple[int, float]:
        start = time.perf_counter()
        for _number in range(5):
            year.year()
        return 5, time.perf_counter() - start

    def book(_half: int) -> int:
        program, count, until = Program(running.port, known), 0, time.perf_counter() + WINDOW
        while time.perf_counter() < until:
            program.book()
            count += 1
        return count

    in_threads(book, PROGRAMS)
    return {
        "octo_departures": departures,
        "octo_year": median_of(lambda _number: running.measured(ask_for_a_year)),
        "octo_book": median_of(lambda _number: running.measured(lambda: in_threads(book, PROGRAMS))),
    }


def main() -> None:
    """By itself, on the database that the environment names: ``python -m bench.octo``."""
    import os

    import django

    django.setup()
    from django.core.management import call_command

    from bench import data
    from bench.processes import server

    for command in ("migrate", "createcachetable", "collectstatic"):
        call_command(command, verbosity=0, **({} if command == "createcachetable" else {"interactive": False}))
    data.TOURS = 20
    data.fill()
    known = fill()
    with server({**os.environ, "TOURDEE_OCTO_REQUESTS_PER_MINUTE": "1000000"}) as running:
        print(json.dumps(measure(running, known), indent=1))


if __name__ == "__main__":
    main()
