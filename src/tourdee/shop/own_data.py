"""What this room knows of a seller, and of a buyer or visitor who gave the same e-mail address or telephone number."""

from tourdee.core.own_data import tells, written
from tourdee.people.models import User
from tourdee.people.queries import known_as

from .models import Order, Shop
from .queries.visitors import enquiries_of, parties_of, stock_notes_of

OWNED = (
    "name_th", "name_en", "story_th", "story_en", "phone", "line_id", "province", "status", "opened_at", "created_at",
    "business__name",
)  # fmt: skip
BOUGHT = (
    "code", "shop__name_th", "buyer_name", "buyer_email", "buyer_phone", "address", "note", "language", "total_satang",
    "paid_satang", "status", "placed_at",
)  # fmt: skip
ASKED = ("shop__name_th", "name", "contact", "message", "language", "at")
NOTED = ("product__shop__name_th", "product__name_th", "email", "language", "asked_at", "told_at")
WAITED = (
    "departure__tour__shop__name_th", "departure__tour__name_th", "departure__starts_at", "people", "name", "phone", "email",
    "language", "joined_at", "left_at",
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


@tells("questions")
def questions(user: User) -> object:
    """What they asked shops without signing in."""
    return written(enquiries_of(known_as(user)).order_by("id").values(*ASKED))


@tells("stock_notes")
def stock_notes(user: User) -> object:
    """Of which sold-out things they wish to hear."""
    return written(stock_notes_of(known_as(user)).order_by("id").values(*NOTED))


@tells("waiting_lists")
def waiting_lists(user: User) -> object:
    """Where they waited for seats; the link to their place stands in the letter that was sent there."""
    return written(parties_of(known_as(user)).order_by("id").values(*WAITED))
