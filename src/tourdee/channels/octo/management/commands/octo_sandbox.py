"""``tourdee octo_sandbox``: fill the shop with which resellers try out their programs, and forget what they booked."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tourdee.channels.octo.actions.sandbox import seed_sandbox


class Command(BaseCommand):
    help = "Fill the OCTO sandbox anew: two tours, dates for two months, nothing booked. Keys stay."

    def handle(self, *args: Any, **options: Any) -> None:
        sandbox = seed_sandbox(at=timezone.now())
        self.stdout.write(f"/octo/{sandbox.shop.slug}")
