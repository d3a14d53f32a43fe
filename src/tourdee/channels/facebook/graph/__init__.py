"""The Graph API, as much of it as a page of a shop needs, and its console twin. What is used when says ``mode``."""

from django.conf import settings

from tourdee.core.calling import Refused, Unavailable, ask

from .client import VERSION, Found, Graph

__all__ = ["VERSION", "Found", "Graph", "Refused", "Unavailable", "graph_with", "mode"]


def mode() -> str:
    """``live``: Facebook is reached over the network; ``console``: its twin plays it, for practice; ``off``: there is none."""
    return str(settings.CHANNEL_SERVICES)


def graph_with(*, token: str, app_secret: str) -> Graph:
    """A page's door to Facebook or to its twin. Raises Unavailable where services are off."""
    from . import play

    if mode() == "off":
        raise Unavailable("services are off")
    return Graph(token, app_secret, ask if mode() == "live" else play.ask)
