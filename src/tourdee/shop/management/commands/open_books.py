"""``tourdee open_books``: writes what is missing in the books, for orders older than them and any that were forgotten."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from ...actions.books import open_books


class Command(BaseCommand):
    help = "Bring the books and receipts of every order up to date. Running it again changes nothing."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{open_books(at=timezone.now())} orders were brought up to date.")
