"""Tours as Google Things to do reads them: a row for each tour that may be sold today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Avg, Count

from tourdee.shop.models import Shop, Tour
from tourdee.shop.queries.storefront.on_sale import tours_on_sale

from .rows import AT_ONCE, Row, amount, flowing, page_of, pictures_of, text_of

LANGUAGES = ("th", "en")


@dataclass(frozen=True)
class UsualPrice:
    """What a tour costs that has several prices."""

    id: str
    name_th: str
    name_en: str
    satang: int


def tour_rows(shop: Shop, on: date) -> Iterator[Row]:
    """Every lawful public tour, oldest first. One query, three for each ``AT_ONCE`` tours, and two for each that is sold to
    private parties alone."""
    tours = tours_on_sale(on).filter(shop=shop).order_by("pk").prefetch_related("prices", "pictures", "tiers")
    for tour in tours.annotate(mean=Avg("reviews__stars"), voices=Count("reviews")).iterator(chunk_size=AT_ONCE):
        pictures, problem = pictures_of(tour)
        price = usual_price(tour)
        yield Row(
            item=tour,
            name=tour.name_th,
            values={
                "id": tour.public_id,
                "title": text_of(tour, "name", "th"),
                "description": flowing(text_of(tour, "description", "th")),
                "option_id": price.id if price else "",
                "option_title": price.name_th if price else "",
                "landing_page": page_of(tour, shop, "th"),
                "price": amount(price.satang) if price else "",
                "image_link": "".join(pictures[:1]),
                "operator": shop.name_th,
            },
            picture_problem=problem,
            more_pictures=pictures[1:],
            price_satang=price.satang if price else None,
        )


def usual_price(tour: Tour) -> UsualPrice | None:
    """The first price that takes a seat: the adult's. Google shows the lowest of several, which would be a child's. Of a tour
    for private parties alone, the smallest party's."""
    if tour.sold_as == Tour.SoldAs.PRIVATE:
        smallest = tour.private_prices.first()
        return UsualPrice("private", *_names(smallest.up_to), smallest.price_satang) if smallest else None
    first = next((one for one in tour.prices.all() if one.is_active and one.seats), None)
    return UsualPrice(first.public_id, first.name_th, first.name_en, first.price_satang) if first else None


def _names(people: int) -> tuple[str, str]:
    return f"กลุ่มส่วนตัวไม่เกิน {people} คน", f"Private group up to {people}"


def texts(row_text: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    """``localized_texts`` of a text in each language that it is written in."""
    said = [{"language_code": code, "text": row_text[code]} for code in LANGUAGES if row_text.get(code)]
    return {"localized_texts": said}
