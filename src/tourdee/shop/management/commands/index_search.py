"""``tourdee index_search``: whatever cannot be found yet gets its entry; ``--all`` writes every entry anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ...actions.search import index_missing
from ...models import SearchEntry


class Command(BaseCommand):
    help = "Write the search entries that are missing (or, with --all, every one)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="after a change of the dictionary or of what is searched"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            SearchEntry.objects.all().delete()
        number = index_missing()
        if options["verbosity"]:
            self.stdout.write(f"{number} entries written.")
