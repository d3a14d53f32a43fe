from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tourdee.core import translations


class Command(BaseCommand):
    """``check_translations``: fails when any page could show English in Thai."""

    help = "Lists untranslated, fuzzy and missing texts of every room; fails when there are any."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        books = translations.books()
        faults = [f"{book.parts[-5]}: {fault}" for book in books for fault in translations.unfinished(book)]
        if translations.can_extract():
            faults += [f"{room.name}: {fault}" for room in translations.rooms() for fault in translations.missing(room)]
        else:
            self.stderr.write("xgettext is not installed: texts that are missing altogether could not be looked for.")
        if faults:
            raise CommandError("\n".join([*faults, f"{len(faults)} texts are not ready in Thai."]))
        self.stdout.write("Thai is complete.")
