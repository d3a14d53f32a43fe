import signal
from typing import Any

from django.core.management.base import BaseCommand

from tourdee.core.worker import Worker


class Command(BaseCommand):
    """``worker``: runs until it is told to end (SIGTERM, SIGINT, SIGHUP)."""

    help = "Delivers events, sends messages and does what is due by the clock."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, worker.end)
        worker.run()
