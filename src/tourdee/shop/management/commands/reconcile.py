"""``tourdee reconcile``: compares seats, stock and money with the orders, the audit log with its seals, and fails if anything differs."""

import sys

from django.core.management.base import BaseCommand
from django.utils import timezone

from tourdee.core.audit import broken_seals

from ...queries.reconcile import differences


class Command(BaseCommand):
    help = "Compare seats, stock and money with the orders, and the audit log with its seals. Exit status 1 if anything differs."

    def handle(self, *args: object, **options: object) -> None:
        found = differences(timezone.now())
        for difference in found:
            self.stdout.write(str(difference))
        broken = broken_seals()
        for seal in broken:
            self.stdout.write(
                f"Lines {seal.first_line} to {seal.last_line} of the audit log are not what was sealed {seal.at:%F %T}."
            )
        if found or broken:
            sys.exit(1)
        self.stdout.write("The books balance.")
