"""How tours, products and shops are found and shared: what search engines and social networks read of a page.

A workshop with a place and a date is an Event; a tour that is repeated is a TouristTrip with offers. Nothing is called an
Event that isn't one: search engines punish that for the whole site.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tourdee.core.pictures import picture_url

from ..prices import party_name
from .product_page import ProductPage
from .share_cards import ShareCard, card_address, card_of_product, card_of_shop, card_of_tour
from .shop_page import ShopPage
from .tour_page import TourPage

MOST_DATES = 10
IN_STOCK, SOLD_OUT = "https://schema.org/InStock", "https://schema.org/SoldOut"


@dataclass(frozen=True, slots=True)
class Found:
    """One page as others show it. Addresses are absolute; ``thai`` and ``english`` are the page in both languages."""

    title: str
    summary: str
    address: str
    thai: str
    english: str
    picture: str
    things: list[dict[str, Any]]

    @property
    def linked_data(self) -> SafeString:
        """JSON-LD: a data block, which no browser runs; the content security policy lets it pass."""
        told = [{"@context": "https://schema.org", **thing} for thing in self.things]
        data = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        for sign in "<>&":  # a name can't end the script element
            data = data.replace(sign, f"\\u{ord(sign):04x}")
        return mark_safe(data)  # noqa: S308  (escaped above)


def found_tour(page: TourPage) -> Found:
    """A tour or workshop."""
    path = page.address
    trip = _thing("TouristTrip", page.name, page.summary, path, [one.path for one in page.pictures]) | {
        "provider": _seller(page.seller.name, page.shop_address),
        "inLanguage": page.tour.languages,
    }
    stock = IN_STOCK if page.has_seats else SOLD_OUT
    offers = _tour_offers(page, path, stock, {})
    trip |= {"offers": offers} if offers else {}
    product = trip | {"@type": "Product"} | _rating(page.review_average, page.review_count)
    product.pop("provider"), product.pop("inLanguage")
    things = [trip, product] if offers else [trip]
    events = _events(page, trip, path) if page.is_workshop and offers else []
    return _found(card_of_tour(page), page.summary, path, [*things, *events, _crumbs(page.shop_name, page.name, path)])


def _tour_offers(page: TourPage, path: str, stock: str, special: dict[str, int]) -> list[dict[str, Any]]:
    """One offer a price (``special``: what costs something else on a date, satang by public id), and one for private
    parties. Without a licence there is no price, and no offer."""
    named = [(special.get(price.public_id, price.satang), price.name) for price in page.prices]
    if page.private_from:
        satang, people = page.private_from
        named.append((satang, party_name(people)))
    return [_offer(satang, stock, path) | {"name": name} for satang, name in named]


def _events(page: TourPage, trip: dict[str, Any], path: str) -> list[dict[str, Any]]:
    """The dates of a workshop: each a real happening at a place, at the price of that date."""
    place = {
        "@type": "Place", "name": page.meeting_point,
        "address": {"@type": "PostalAddress", "addressRegion": page.province, "addressCountry": "TH"},
    }  # fmt: skip
    base = {key: trip[key] for key in ("name", "description", "url", "image") if key in trip}
    return [
        base | {
            "@type": "Event", "startDate": date.starts_at.isoformat(), "location": place, "organizer": trip["provider"],
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "offers": _tour_offers(page, path, IN_STOCK if date.left else SOLD_OUT, date.special),
        }
        for date in page.dates[:MOST_DATES]
    ]  # fmt: skip


def found_product(page: ProductPage) -> Found:
    """A product, one offer a variant."""
    path = page.address
    thing = _thing("Product", page.name, page.description, path, [one.path for one in page.pictures])
    thing |= _rating(page.review_average, page.review_count) | {
        "brand": {"@type": "Brand", "name": page.shop_name},
        "offers": [
            _offer(one.satang, IN_STOCK if one.left else SOLD_OUT, path)
            | {"seller": _seller(page.seller.name, page.shop_address)}
            for one in page.variants
        ],
    }
    return _found(
        card_of_product(page), page.description, path, [thing, _crumbs(page.shop_name, page.name, path)]
    )  # fmt: skip


def found_shop(page: ShopPage) -> Found:
    """A shop: who sells, where, how to call."""
    path = reverse("shop", args=[page.shop.slug])
    summary = page.story or f"{page.name}, {page.province}"
    covers = [page.shop.cover] if page.shop.cover else []
    thing = _thing("LocalBusiness", page.name, summary, path, covers) | {
        "telephone": page.shop.phone,
        "address": {"@type": "PostalAddress", "addressRegion": page.province, "addressCountry": "TH"},
    }
    thing |= _rating(page.review_average, page.review_count)
    return _found(card_of_shop(page), summary, path, [thing])


# ------------------------------------------------------------------ the parts
def _thing(kind: str, name: str, text: str, path: str, pictures: list[str]) -> dict[str, Any]:
    thing: dict[str, Any] = {"@type": kind, "name": name, "description": text[:5000], "url": settings.SITE_URL + path}
    if pictures:
        thing["image"] = [settings.SITE_URL + picture_url(one) for one in pictures[:3]]
    return thing


def _offer(satang: int, availability: str, path: str) -> dict[str, Any]:
    return {
        "@type": "Offer", "price": f"{satang / 100:.2f}", "priceCurrency": "THB", "availability": availability,
        "url": settings.SITE_URL + path,
    }  # fmt: skip


def _rating(average: float | None, number: int) -> dict[str, Any]:
    if not number or average is None:
        return {}
    return {"aggregateRating": {"@type": "AggregateRating", "ratingValue": round(average, 1), "reviewCount": number}}


def _seller(name: str, path: str) -> dict[str, Any]:
    return {"@type": "Organization", "name": name, "url": settings.SITE_URL + path}


def _crumbs(shop: str, name: str, path: str) -> dict[str, Any]:
    steps = [(shop, path.split("/tours/")[0].split("/products/")[0] + "/"), (name, path)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": said, "item": settings.SITE_URL + where}
            for place, (said, where) in enumerate(steps, start=1)
        ],
    }


def _found(card: ShareCard, summary: str, path: str, things: list[dict[str, Any]]) -> Found:
    bare = path.removeprefix("/en") if (get_language() or "th").startswith("en") else path
    site = settings.SITE_URL
    return Found(
        title=card.title, summary=" ".join(summary.split())[:200], address=site + path, thai=site + bare,
        english=f"{site}/en{bare}", picture=site + card_address(card), things=things,
    )  # fmt: skip
