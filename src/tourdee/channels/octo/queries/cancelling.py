"""Until when a reseller may cancel what it confirmed: as long as the shop's own guests would get everything back."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

WHOLE = 100  # per cent
NEVER = 365 * 24  # hours before the start: farther ahead than anything can be booked


def free_until_hours(tiers: list[list[int]]) -> int:
    """The fewest hours before the start at which everything is given back; ``NEVER`` where the tour has no such term."""
    return min((hours for hours, percent in tiers if percent == WHOLE), default=NEVER)


def free_until(starts_at: datetime, tiers: list[list[int]]) -> datetime:
    """From then on only the shop can cancel."""
    return starts_at - timedelta(hours=free_until_hours(tiers))


def terms(hours: int) -> str:
    """For people."""
    if hours == NEVER:
        return _("not once it is confirmed")
    return _("%(hours)s hours before the start") % {"hours": hours} if hours else _("until the start")
