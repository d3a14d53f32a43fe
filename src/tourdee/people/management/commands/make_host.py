"""``tourdee make_host EMAIL``: who runs this installation."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tourdee.people import actions
from tourdee.people.addresses import BadAddress, read_address


class Command(BaseCommand):
    help = "Make the person with this e-mail (or telephone) the host; the account is made when there is none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", metavar="EMAIL")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            address = read_address(options["address"])
        except BadAddress as problem:
            raise CommandError(str(problem)) from problem
        user = actions.person_with(address=address, language=settings.LANGUAGE_CODE, proved=False).user
        actions.make_host(user=user, at=timezone.now())
        self.stdout.write(f"{address} runs this installation. Sign in at {settings.SITE_URL}/account/login/")
