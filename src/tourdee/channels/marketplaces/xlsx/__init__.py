"""Somebody else's workbook, read just enough to find its columns, and changed in the cells that are ours and nowhere else.

The sheet's XML is edited as text. A library that loads and saves the whole book (openpyxl) loses what it does not know: lists to
choose from that point at other sheets, custom parts, pictures.
"""

from .book import Book, CannotRead, open_book
from .filling import Value, filled

__all__ = ["Book", "CannotRead", "Value", "filled", "open_book"]
