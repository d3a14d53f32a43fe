from typing import Any

from django.core.management.base import BaseCommand

from tourdee.core import translations


class Command(BaseCommand):
    """``compile_translations``: needs no program beside Python."""

    help = "Compiles every room's .po into the .mo that Django reads, where it is newer."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        written = translations.compile_all()
        if options["verbosity"] > 0:
            self.stdout.write(f"{written} of {len(translations.books())} translations compiled")
