"""Keeping the search in step: an entry is written in the transaction of the change that it shows."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F, Min
from django.utils import timezone

from tourdee.core.provinces import province_name
from tourdee.core.thai import key_of, parts_of, words_of

from ..models import Product, SearchEntry, Shop, Tour
from ..models.search import marker, sign
from ..queries.prices import lowest_price, lowest_private

GRAM = 3
BATCH = 500
LONGEST_DESCRIPTION = 2000  # letters of it by which something is found
WRITTEN = [
    "kind",
    "is_listed",
    "province",
    "from_satang",
    "languages",
    "audiences",
    "published_at",
    "title_words",
    "words",
    "text",
    "grams",
]


def index_tour(tour: Tour) -> None:
    """Write what a tour is found by. Three queries; five where it is sold to private parties alone."""
    index_tours([tour])


def index_product(product: Product) -> None:
    """Write what a product is found by. Three queries."""
    product = Product.objects.select_related("shop__community").get(pk=product.pk)
    lowest = product.variants.filter(is_active=True).aggregate(lowest=Min("price_satang"))["lowest"]
    _write([_product_entry(product, lowest)], by="product")


def index_shop(shop_id: int) -> None:
    """Everything of a shop: its own name stands in each entry. Nine queries at most, and one
    for each few hundred things that it sells."""
    index_tours(Tour.objects.filter(shop=shop_id))
    index_products(Product.objects.filter(shop=shop_id))


def index_tours(tours: Iterable[Tour]) -> int:
    """Write the entries of many tours. Returns how many."""
    at = timezone.now()
    wanted = Tour.objects.filter(pk__among=[tour.pk for tour in tours]).select_related("shop__community")
    found = list(wanted.annotate(lowest=lowest_price(at)).prefetch_related("pickups"))
    prices = _prices(found, at)
    return _write([_tour_entry(tour, prices[tour.pk]) for tour in found], by="tour")


def follow_prices(at: datetime) -> int:
    """What tours are found by follows the cheapest date that is still ahead. Only a price that differs is written, and
    nothing else. Returns how many."""
    known = Tour.objects.filter(search__isnull=False).annotate(known=F("search__from_satang"))
    tours: list[Any] = list(known.annotate(lowest=lowest_price(at)).only("pk", "sold_as"))
    prices = _prices(tours, at)
    changed = [tour for tour in tours if tour.known != prices[tour.pk]]
    return sum(
        SearchEntry.objects.filter(tour=tour, from_satang=tour.known).update(from_satang=prices[tour.pk])
        for tour in changed
    )


def _prices(priced: list[Any], at: datetime) -> dict[int, int | None]:
    """By row, the least that a person pays, or a private party for a tour that is sold in no other way: what cards say."""
    private = lowest_private([tour.pk for tour in priced if tour.sold_as == Tour.SoldAs.PRIVATE], at)
    of_parties = {tour: satang for tour, (satang, _people) in private.items()}
    return {tour.pk: of_parties.get(tour.pk, tour.lowest) for tour in priced}


def index_products(products: Iterable[Product]) -> int:
    """Write the entries of many products. Returns how many."""
    found = Product.objects.filter(pk__in=[product.pk for product in products]).select_related("shop__community")
    prices = {
        product: lowest
        for product, lowest in found.filter(variants__is_active=True)
        .order_by()
        .values_list("pk")
        .annotate(lowest=Min("variants__price_satang"))
    }
    return _write([_product_entry(product, prices.get(product.pk)) for product in found], by="product")


def index_missing() -> int:
    """Whatever has no entry yet: rows from before there was a search, or loaded past the acts. Returns how many."""
    return _in_batches(Tour, index_tours) + _in_batches(Product, index_products)


def _in_batches(model: Any, index: Callable[[Any], int]) -> int:
    number = 0
    while rows := list(model.objects.filter(search__isnull=True).only("pk")[:BATCH]):
        number += index(rows)
    return number


def _write(entries: list[SearchEntry], *, by: str) -> int:
    SearchEntry.objects.bulk_create(entries, update_conflicts=True, unique_fields=[by], update_fields=WRITTEN)
    return len(entries)


def _tour_entry(tour: Tour, lowest: int | None) -> SearchEntry:
    names = [tour.name_th, tour.name_en]
    said = [tour.summary_th, tour.summary_en, tour.meeting_point_th, tour.meeting_point_en]
    for pickup in tour.pickups.all():
        said += [pickup.name_th, pickup.name_en] if pickup.is_active else []
    said += [tour.description_th[:LONGEST_DESCRIPTION], tour.description_en[:LONGEST_DESCRIPTION]]
    return SearchEntry(
        tour=tour,
        kind=tour.kind,
        is_listed=_is_listed(tour.status, tour.shop),
        province=tour.province,
        from_satang=lowest,
        languages=_listed(tour.languages),
        audiences=_listed(tour.audiences),
        published_at=tour.published_at,
        **_found_by({"tour", tour.kind}, names, [*said, *_about(tour.shop, tour.province)]),
    )


def _product_entry(product: Product, lowest: int | None) -> SearchEntry:
    names = [product.name_th, product.name_en]
    said = [product.description_th[:LONGEST_DESCRIPTION], product.description_en[:LONGEST_DESCRIPTION]]
    return SearchEntry(
        product=product,
        kind="product",
        is_listed=_is_listed(product.status, product.shop),
        province=product.shop.province,
        from_satang=lowest,
        published_at=product.published_at,
        **_found_by({"product"}, names, [*said, *_about(product.shop, product.shop.province)]),
    )


def _is_listed(status: str, shop: Shop) -> bool:
    return status == "published" and shop.status == Shop.Status.OPEN


def _about(shop: Shop, province: int) -> list[str]:
    community = [shop.community.name_th, shop.community.name_en] if shop.community else []
    return [shop.name_th, shop.name_en, *community, province_name(province, "th"), province_name(province, "en")]


def _listed(codes: list[str]) -> str:
    return f",{','.join(codes)}," if codes else ""


def _found_by(kinds: set[str], names: list[str], said: list[str]) -> dict[str, str]:
    marks = sorted(map(marker, kinds))
    key = key_of("\n".join(part for part in (*names, *said) if part))
    text = " ".join([*sorted(map(sign, kinds)), key])
    return {
        "title_words": " ".join([*marks, *_with_parts(words_of(" ".join(names)))]),
        "words": " ".join([*marks, *_with_parts(words_of(key))]),
        "text": text,
        "grams": grams_of(text) if connection.vendor == "postgresql" else "",
    }


def _with_parts(words: list[str]) -> list[str]:
    """Each word, and what a compound is made of: who searches for a boat finds the long-tail boat."""
    found = dict.fromkeys(words)
    found |= dict.fromkeys(part for word in words for part in parts_of(word))
    return list(found)


def grams_of(key: str) -> str:
    """Every three letters that follow each other in a word, once each, one space between."""
    grams = {run[place : place + GRAM] for run in key.split() for place in range(len(run) - GRAM + 1)}
    return " ".join(sorted(grams))
