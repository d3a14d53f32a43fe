"""Pictures of cards as LINE takes them: JPEG, at most 1024 pixels a side."""

from pathlib import Path

SIZE = (1000, 650)  # 20:13, as a card shows it
QUALITY = 82
SOURCE_WIDTH = 1600


def card_picture(path: str, *, root: Path) -> Path | None:
    """The JPEG of a stored picture; ``None`` where there is no such picture. Drawn once."""
    source = root / f"{path}-{SOURCE_WIDTH}.webp"
    drawn = root / "line" / f"{path}.jpg"
    if drawn.is_file():
        return drawn
    if not source.resolve().is_relative_to(root.resolve()) or not source.is_file():
        return None
    drawn.parent.mkdir(parents=True, exist_ok=True)
    fresh = drawn.with_suffix(".new")
    fresh.write_bytes(_cut(source))
    fresh.replace(drawn)
    return drawn


def _cut(source: Path) -> bytes:
    import pyvips

    picture = pyvips.Image.thumbnail(str(source), SIZE[0], height=SIZE[1], crop="centre")
    return bytes(picture.jpegsave_buffer(Q=QUALITY, keep="none"))
