"""``tourdee load_demo``: invented people, cohorts, shops and sales. Safe to repeat; refuses where real people are."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tourdee.home.demo.cast import DOMAIN
from tourdee.home.demo.load import load
from tourdee.people.models import User


class Command(BaseCommand):
    help = "Load the demo, once. Refuses in an installation that has real people."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exclude(email__endswith=f"@{DOMAIN}").filter(is_host=True).exists():
            raise CommandError(
                "This installation has a real host. The demo belongs into a data folder of its own: DATA=var-demo"
            )
        if options["verbosity"]:
            self.stdout.write("Loading the demo (the first time it draws its pictures) …")
        load(timezone.now())
