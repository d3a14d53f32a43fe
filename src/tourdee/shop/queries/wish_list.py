"""What a wish list shows: cards of what is still on sale, in the order in which it was kept."""

from datetime import datetime

from tourdee.core.dates import bangkok_day

from .storefront.cards import ProductCard, TourCard, product_cards, tour_cards, with_card_facts, with_product_facts
from .storefront.on_sale import products_on_sale, tours_on_sale


def wished_cards(wishes: list[str], at: datetime) -> list[tuple[str, TourCard | ProductCard]]:
    """Each wish with its card; what is no longer on sale is left out. At most four queries."""
    ids: dict[str, list[str]] = {"t": [], "p": []}
    for wish in wishes:
        ids[wish[0]].append(wish[2:])
    cards: dict[str, TourCard | ProductCard] = {}
    if ids["t"]:
        tours = with_card_facts(tours_on_sale(bangkok_day(at)).filter(public_id__in=ids["t"]), at)
        cards |= {f"t.{card.public_id}": card for card in tour_cards(tours, at)}
    if ids["p"]:
        products = with_product_facts(products_on_sale().filter(public_id__in=ids["p"]))
        cards |= {f"p.{card.public_id}": card for card in product_cards(products)}
    return [(wish, cards[wish]) for wish in wishes if wish in cards]
