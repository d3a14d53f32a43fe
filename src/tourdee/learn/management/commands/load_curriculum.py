"""``tourdee load_curriculum``: topics, lessons, questions and missions from their files into the database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tourdee.learn import actions
from tourdee.learn.files import BadCurriculum, read_curriculum

ROOM = Path(__file__).resolve().parents[2]


class Command(BaseCommand):
    help = "Load the curriculum's files. Checks all of them first; changes nothing if one is wrong. May be repeated."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=ROOM / "curriculum", help="where the curriculum lies")
        parser.add_argument(
            "--pictures", type=Path, default=ROOM / "static" / "learn" / "lessons", help="the lessons' SVGs"
        )

    def handle(self, *args: Any, folder: Path, pictures: Path, **options: Any) -> None:
        try:
            curriculum = read_curriculum(folder, pictures)
        except BadCurriculum as bad:
            raise CommandError("Nothing was loaded:\n" + "\n".join(f"  {problem}" for problem in bad.problems)) from bad
        changes = actions.load_curriculum(curriculum=curriculum)
        if options["verbosity"] > 1:
            for verb in ("new", "changed", "removed"):
                self.stdout.writelines(f"{verb}: {name}\n" for name in getattr(changes, verb))
        if options["verbosity"]:
            new, changed, removed = len(changes.new), len(changes.changed), len(changes.removed)
            self.stdout.write(f"Curriculum: {new} new, {changed} changed, {removed} removed.")
