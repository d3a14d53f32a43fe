"""Who fetches feeds, and what each demands of every item: data, with the page that says so."""

from .rules import Reader, Rule
from .tables import GOOGLE, META, READERS, THINGS_TO_DO

__all__ = ["GOOGLE", "META", "READERS", "THINGS_TO_DO", "Reader", "Rule"]
