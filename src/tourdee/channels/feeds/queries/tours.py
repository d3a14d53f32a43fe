"""Tours as Google Things to do reads them: a row for each tour that may be sold today."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Avg, Count

from tourdee.shop.models import PriceCategory, Shop, Tour
from tourdee.shop.queries.storefront.on_sale import tours_on_sale

from .rows import AT_ONCE, Row, amount, flowing, page_of, pictures_of, text_of

LANGUAGES = ("th", "en")


def tour_rows(shop: Shop, on: date) -> Iterator[Row]:
    """Every lawful public tour, oldest first. One query, and three for each ``AT_ONCE`` tours."""
    tours = tours_on_sale(on).filter(shop=shop).order_by("pk").prefetch_related("prices", "pictures", "tiers")
    for tour in tours.annotate(mean=Avg("reviews__stars"), voices=Count("reviews")).iterator(chunk_size=AT_ONCE):
        pictures, problem = pictures_of(tour)
        price = _usual_price(tour)
        satang = price.price_satang if price else None
        yield Row(
            item=tour,
            name=tour.name_th,
            values={
                "id": tour.public_id,
                "title": text_of(tour, "name", "th"),
                "description": flowing(text_of(tour, "description", "th")),
                "option_id": price.public_id if price else "",
                "option_title": price.name_th if price else "",
                "landing_page": page_of(tour, shop, "th"),
                "price": amount(price.price_satang) if price else "",
                "image_link": "".join(pictures[:1]),
                "operator": shop.name_th,
            },
            picture_problem=problem,
            more_pictures=pictures[1:],
            price_satang=satang,
        )


def _usual_price(tour: Tour) -> PriceCategory | None:
    """The first price that takes a seat: the adult's. Google shows the lowest of several, which would be a child's."""
    return next((one for one in tour.prices.all() if one.is_active and one.seats), None)


def texts(row_text: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    """``localized_texts`` of a text in each language that it is written in."""
    said = [{"language_code": code, "text": row_text[code]} for code in LANGUAGES if row_text.get(code)]
    return {"localized_texts": said}
