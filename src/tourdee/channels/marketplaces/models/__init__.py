"""The room's rows, by topic."""

from .myshop import MyShop, MyShopItem, OutsideOrder
from .templates import Template

__all__ = ["MyShop", "MyShopItem", "OutsideOrder", "Template"]
