"""``tourdee who_is_who``: the parts of the demo, and how to sign in as them."""

from typing import Any

from django.core.management.base import BaseCommand

from tourdee.home.demo.cast import CAST, e_mail


class Command(BaseCommand):
    help = "Say who one can sign in as in the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("  Sign in by one tap at /account/login/ as:")
        for part in CAST:
            self.stdout.write(f"    {e_mail(part.key):38} {part.name} — {part.what_en}")
        self.stdout.write(
            "  Or apply as somebody new: any e-mail address works, the code is shown on the page (demo only).\n"
        )
