"""The files themselves, out of checked rows: pure text, no questions."""

from .feeds import FORMATS, Format

__all__ = ["FORMATS", "Format"]
