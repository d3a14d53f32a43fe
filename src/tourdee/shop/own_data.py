"""What this room knows of a seller, and of a buyer who gave the same e-mail address."""

from tourdee.core.own_data import tells, written
from tourdee.people.models import User

from .models import Order, Shop

OWNED = (
    "name_th", "name_en", "story_th", "story_en", "phone", "line_id", "province", "status", "opened_at", "created_at",
    "business__name",
)  # fmt: skip
BOUGHT = (
    "code", "shop__name_th", "buyer_name", "buyer_email", "buyer_phone", "address", "note", "language", "total_satang",
    "paid_satang", "status", "placed_at",
)  # fmt: skip


@tells("shop")
def own_shop(user: User) -> object:
    """As its owner wrote it; the books and the customers' orders are told on their own pages."""
    return written(Shop.objects.filter(owner=user).values(*OWNED))


@tells("bought")
def bought(user: User) -> object:
    """Orders placed with the address that this person has proved to be theirs. The order's secret link is not told: it stands in
    the letters that were sent there."""
    if not user.email:
        return []
    return written(Order.objects.filter(buyer_email__iexact=user.email).order_by("id").values(*BOUGHT))
