"""``tourdee load_pilot``: the pilot of 2563 (2020) as data, and an open cohort ahead of today."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tourdee.programme import actions


class Command(BaseCommand):
    help = "Load the pilot (partners, programme, cohort of November 2563, timetable) and open a cohort ahead of today."

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        try:
            pilot = actions.load_pilot(at=at)
        except actions.CurriculumMissing as problem:
            raise CommandError(f"Topics are missing ({problem}). Run load_curriculum first.") from problem
        ahead = actions.open_cohort_ahead(at=at)
        self.stdout.write(f"{pilot.name_th} · {ahead.name_th} ({ahead.starts_on:%Y-%m-%d})")
