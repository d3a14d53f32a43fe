"""``tourdee reconcile``: compares seats, stock and money with the orders, and fails if anything differs."""

import sys

from django.core.management.base import BaseCommand
from django.utils import timezone

from ...queries.reconcile import differences


class Command(BaseCommand):
    help = "Compare seats taken, stock reserved and money paid with the orders. Exit status 1 if anything differs."

    def handle(self, *args: object, **options: object) -> None:
        found = differences(timezone.now())
        for difference in found:
            self.stdout.write(str(difference))
        if found:
            sys.exit(1)
        self.stdout.write("The books balance.")
