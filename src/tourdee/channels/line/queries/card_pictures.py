"""Pictures of cards as LINE takes them: JPEG, at most 1024 pixels a side (the shop's own JPEG address gives the largest size)."""

from pathlib import Path

from tourdee.core.jpeg import as_jpeg

WIDTH = 800
LONGEST = 1024  # of either side: LINE refuses more


def card_picture(path: str, *, root: Path) -> Path | None:
    """The JPEG of a stored picture; ``None`` where there is no such picture. Drawn once."""
    drawn = root / "line" / f"{path}-{LONGEST}.jpg"
    if drawn.is_file():
        return drawn
    jpeg = as_jpeg(path, WIDTH, longest=LONGEST)
    if jpeg is None:
        return None
    drawn.parent.mkdir(parents=True, exist_ok=True)
    fresh = drawn.with_suffix(".new")
    fresh.write_bytes(jpeg)
    fresh.replace(drawn)
    return drawn
