"""LINE's webhook under a flood: ten thousand signed events, one to a request, and none lost."""

import http.client
import json
import time
from typing import Any

EVENTS = 10_000
SECRET = "b" * 32


def fill() -> dict[str, str]:
    """A shop whose LINE is connected."""
    from django.utils import timezone

    from tourdee.channels.line.actions.connecting import connect
    from tourdee.shop.models import Shop

    shop = Shop.objects.select_related("owner").order_by("pk").first()
    assert shop
    connect(
        shop=shop, channel_id="1234567890", secret=SECRET, token="play-" + "b" * 100, by=shop.owner, at=timezone.now()
    )
    return {"address": f"/line/{shop.public_id}/"}


def body_of(number: int) -> bytes:
    """A customer writes."""
    event = {
        "type": "message", "mode": "active", "webhookEventId": f"bench{number:08d}", "timestamp": int(time.time() * 1000),
        "replyToken": f"{number:032d}", "source": {"type": "user", "userId": f"U{number % 500:032d}"},
        "deliveryContext": {"isRedelivery": False}, "message": {"id": str(number), "type": "text", "text": "ว่างไหมคะ"},
    }  # fmt: skip
    return json.dumps({"destination": "U" + "0" * 32, "events": [event]}).encode()


def measure(running: Any, known: dict[str, str]) -> dict[str, Any]:
    """All events once, over two kept connections: how many a minute, the slowest hundredth, and how many are missing."""
    from bench.load import in_threads
    from tourdee.channels.line.models import Event
    from tourdee.channels.line.signature import signed

    waited: list[float] = []

    def post(half: int) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
        for number in range(half, EVENTS, 2):
            raw = body_of(number)
            headers = {"Content-Type": "application/json", "Host": "localhost", "X-Line-Signature": signed(SECRET, raw)}
            start = time.perf_counter()
            connection.request("POST", known["address"], raw, headers)
            answer = connection.getresponse()
            answer.read()
            waited.append(time.perf_counter() - start)
            if answer.status != 200:
                raise RuntimeError(f"{answer.status} {known['address']}")
        return EVENTS // 2

    before = running.cpu_ms()
    count, seconds = in_threads(post)
    cpu_ms = (running.cpu_ms() - before) / count
    lost = EVENTS - Event.objects.filter(event_id__startswith="bench").count()
    slowest = sorted(waited)[int(len(waited) * 0.99)] * 1000
    return {
        "line_events_per_minute": round(count / seconds * 60), "line_cpu_ms": round(cpu_ms, 3), "line_lost": lost,
        "line_p99_ms": round(slowest, 1),
    }  # fmt: skip


def main() -> None:
    """By itself, on the database that the environment names: ``python -m bench.line``."""
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
    with server(dict(os.environ)) as running:
        print(json.dumps(measure(running, known), indent=1))


if __name__ == "__main__":
    main()
