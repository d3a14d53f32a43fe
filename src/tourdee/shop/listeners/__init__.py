"""What follows from events in the shop, by whom it is told to and of what."""

from . import buyers, communities, erased, goods, sellers

__all__ = ["buyers", "communities", "erased", "goods", "sellers"]
