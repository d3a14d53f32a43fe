"""Short addresses of what a seller shares."""

from django.db import IntegrityError, transaction

from ..models import Product, Shop, ShortLink, Tour

TRIES = 5  # of a new code, should one be taken: one in a billion each


def short_link_of(item: Shop | Tour | Product) -> ShortLink:
    """The item's short link, made when it is first asked for; ever the same after that."""
    field = type(item).__name__.lower()
    for _ in range(TRIES):
        known = ShortLink.objects.filter(**{field: item}).first()
        if known:
            return known
        try:
            with transaction.atomic():
                return ShortLink.objects.create(**{field: item})
        except IntegrityError:  # the code is taken, or somebody else has just made this item's link
            continue
    raise RuntimeError("no free short code")
