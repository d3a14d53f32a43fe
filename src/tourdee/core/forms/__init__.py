"""How forms look and what is typed becomes."""

from .renderer import FormRenderer

__all__ = ["FormRenderer"]
