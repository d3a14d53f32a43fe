"""What is known about a slip's picture: was it sent before, or one that looks like it?"""

from ..models import Order, Slip
from ..payment_methods import SlipReading
from ..payment_methods.slip_picture import alike

NEWEST = 3000  # so many prints are compared with; older slips were decided long ago


def finding_of(order: Order, digest: str, reading: SlipReading) -> str:
    """What to tell the seller: the very picture or one that looks like it was sent for another order, else what was read."""
    others = Slip.objects.exclude(order=order)
    if others.filter(picture_hash=digest).exists():
        return Slip.Finding.SEEN_BEFORE
    prints = others.exclude(picture_print="").order_by("-pk").values_list("picture_print", flat=True)
    if reading.looks and any(alike(reading.looks, seen) for seen in prints[:NEWEST]):
        return Slip.Finding.LOOKS_SEEN
    return reading.finding
