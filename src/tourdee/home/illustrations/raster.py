"""Turning a drawn SVG into a picture file.

pyvips is imported where it is used: only the commands that write files need it.
"""

from __future__ import annotations


def as_webp(svg: str, *, quality: int = 82) -> bytes:
    """The SVG as WebP, at the size written in it."""
    import pyvips

    image = pyvips.Image.svgload_buffer(svg.encode())
    flat = image.flatten(background=[255, 247, 237])
    return bytes(flat.webpsave_buffer(Q=quality, effort=2, smart_subsample=True))


def as_jpeg(svg: str, *, quality: int = 82) -> bytes:
    """The SVG as JPEG, at the size written in it."""
    import pyvips

    image = pyvips.Image.svgload_buffer(svg.encode())
    flat = image.flatten(background=[255, 247, 237])
    return bytes(flat.jpegsave_buffer(Q=quality, optimize_coding=True, interlace=True))
