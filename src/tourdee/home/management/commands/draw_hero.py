"""Draw the landing page's picture into the static files. Run after changing the illustration."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from tourdee.home.illustrations import as_webp, draw

PLACE = Path(__file__).resolve().parents[2] / "static" / "home"


class Command(BaseCommand):
    help = "Draw the landing page's picture into home/static."

    def handle(self, *args: Any, **options: Any) -> None:
        PLACE.mkdir(parents=True, exist_ok=True)
        for width in (800, 1600):
            picture = as_webp(draw("hero_first_sale", width=width, height=width * 9 // 16))
            (PLACE / f"hero-{width}.webp").write_bytes(picture)
            self.stdout.write(f"hero-{width}.webp {len(picture):,} bytes")
