"""Turning a drawn SVG into a picture file.

pyvips is imported where it is used: only the commands that write files need it.
"""

from __future__ import annotations

from typing import Any


def as_webp(svg: str, *, quality: int = 82) -> bytes:
    """The SVG as WebP, at the size written in it."""
    return bytes(_flat(svg).webpsave_buffer(Q=quality, effort=2, smart_subsample=True))


def as_jpeg(svg: str, *, quality: int = 82) -> bytes:
    """The SVG as JPEG, at the size written in it."""
    return bytes(_flat(svg).jpegsave_buffer(Q=quality, optimize_coding=True, interlace=True))


def _flat(svg: str) -> Any:
    """The picture on cream. Where uploads were read before in this process, libvips' SVG reader is shut: it is opened
    for our own drawing (an upload that is an SVG is refused before libvips sees it)."""
    import pyvips

    pyvips.operation_block_set("VipsForeignLoadSvg", False)
    return pyvips.Image.svgload_buffer(svg.encode()).flatten(background=[255, 247, 237])
