"""The files themselves, out of checked rows: pure text, no questions."""

from .feeds import FORMATS, Format, Wanted
from .proof import READ_AGAIN

__all__ = ["FORMATS", "READ_AGAIN", "Format", "Wanted"]
