"""Tables in and out: XLSX and CSV from offices, read in bounded memory; written so that no cell is ever a formula."""

from .reading import BadSheet, Row, read_rows
from .writing import CSV, XLSX, Sheet, csv_text, download, workbook

__all__ = ["CSV", "XLSX", "BadSheet", "Row", "Sheet", "csv_text", "download", "read_rows", "workbook"]
