"""Every kind of message that the shop can send in a chat, made by the code that makes it, of rows with the longest names that a
seller can type."""

import importlib
import inspect
import pkgutil
from dataclasses import dataclass
from typing import get_type_hints

from tourdee.shop.models import Departure, Order, Picture, Product, Tour, Variant
from tourdee.shop.queries.baskets import basket
from tourdee.shop.tests.factories import (
    a_departure,
    a_pickup,
    a_product,
    a_question,
    a_tour,
    a_voucher,
    an_extra,
    in_days,
)

from ..actions.broadcasts import News, write_news
from ..actions.chat_orders import book
from ..actions.coupons import note_made, show_voucher
from ..actions.talk import Talk
from ..flex.parts import Json, text
from ..flex.taps import Tap
from ..models import Broadcast, Follower
from ..queries import screens
from ..queries.booking import Choice, choice, free_starts
from ..queries.broadcasts import messages_of
from ..queries.goods import Pieces, kinds_of
from ..queries.screens import booking, catalogue, coupons, goods, menu, options, orders

PIECES = {
    "menu.ways_on",
    "sums.heading",
    "sums.price_pairs",
    "sums.discount",
    "sums.codes",
}  # of messages, no whole ones


def long(words: str, signs: int) -> str:
    """As long as the column holds, with pictures that count double."""
    return (f"{words} 🛶" * signs)[:signs].strip()


@dataclass(frozen=True)
class Shelf:
    """What the shop has and somebody has ordered."""

    tour: Tour
    starts: list[Departure]
    chosen: Choice
    cloth: Variant
    seats: Order
    parcel: Order
    news: Broadcast


def filled(talk: Talk) -> Shelf:
    """Ten tours with pictures and dates, ten kinds of cloth, four coupons, two orders."""
    shop, at = talk.shop, talk.at
    type(shop).objects.filter(pk=shop.pk).update(name_th=long("มะลิทัวร์", 120), name_en=long("Mali Tours", 120))
    Follower.objects.filter(pk=talk.follower.pk).update(name=long("น้อย", 120))
    shop.refresh_from_db()
    talk.follower.refresh_from_db()
    tours = [_a_tour(talk) for _number in range(catalogue.MOST_CARDS)]
    tour, cloth = tours[0], _cloth(talk)
    shown = [show_voucher(voucher=a_voucher(shop, at, code=f"SONGKRAN-2026-{number}"), at=at) for number in range(4)]
    for number, one in enumerate(shown):
        note_made(coupon=one, outside_id=f"coupon-{number}")
    starts = free_starts(tour, at)
    chosen = _chosen(talk, starts[0], n="2.1.0", p="no", x="")
    return Shelf(
        tour=tour, starts=starts, chosen=chosen, cloth=cloth, seats=_booked(talk, chosen, "1"),
        parcel=_booked(talk, Pieces(cloth, 2), "2"),
        news=write_news(
            shop=shop, by=shop.owner, at=at,
            news=News(text=long("ข่าว", 1000), audience="everyone", tour=tour, voucher=shown[0].voucher),
        ),
    )  # fmt: skip


def _a_tour(talk: Talk) -> Tour:
    names = {
        "name_th": long("ล่องเรือชมหิ่งห้อย", 160),
        "name_en": long("Fireflies by boat", 160),
        "meeting_point_th": long("ท่าเรือ", 300),
    }
    tour = a_tour(talk.shop, **names)
    Picture.objects.create(tour=tour, path="tours/x/a", width=1, height=1)
    for number in range(12):
        a_departure(tour, starts_at=in_days(talk.at, 5 + number))
    for _number in range(12):
        a_pickup(tour, name_th=long("โรงแรม", 160))
        an_extra(tour, name_th=long("อาหารกลางวัน", 120))
    a_question(tour)
    return tour


def _cloth(talk: Talk) -> Variant:
    cloth = a_product(talk.shop, stock=40, name_th=long("ผ้าทอ", 160), unit_th=long("ผืน", 40))
    Picture.objects.create(product=cloth.product, path="products/x/a", width=1, height=1)
    for number in range(11):
        Variant.objects.create(
            product=cloth.product, name_th=long("สีคราม", 80), price_satang=10**9, stock=number, position=1
        )
    return cloth


def _chosen(talk: Talk, start: Departure, **said: str) -> Choice:
    found = choice(talk.shop, Tap("sum", {"d": start.public_id, **said}), talk.at)
    assert found
    return found


def _booked(talk: Talk, chosen: Choice | Pieces, key: str) -> Order:
    wanted = basket(shop=talk.shop, items=chosen.items, at=talk.at)
    order = book(
        follower=talk.follower, chosen=chosen, voucher="", shown_satang=wanted.total_satang, key=key, at=talk.at
    )  # fmt: skip
    return orders.orders_of(talk.follower).get(pk=order.pk)


def every_message(talk: Talk, shelf: Shelf) -> dict[str, list[Json]]:
    """By the function that makes it."""
    return {
        **_menu(talk), **_tours(talk, shelf), **_goods(talk, shelf), **_orders(talk, shelf),
        "broadcasts.messages_of": messages_of(shelf.news, talk.at),
        "answering.send_answer": [text("x" * 5000)],
    }  # fmt: skip


def _menu(talk: Talk) -> dict[str, list[Json]]:
    return {
        "menu.welcome": menu.welcome(talk.shop, talk.follower.name),
        "menu.not_understood": menu.not_understood(),
        "menu.person_comes": menu.person_comes(talk.shop),
        "menu.news_stopped": menu.news_stopped(),
        "menu.news_again": menu.news_again(),
        "coupons.coupons": coupons.coupons(talk.shop, talk.at),
    }


def _tours(talk: Talk, shelf: Shelf) -> dict[str, list[Json]]:
    begun = _chosen(talk, shelf.starts[0])
    wanted = basket(shop=talk.shop, items=shelf.chosen.items, at=talk.at)
    question = begun.next_question
    assert question
    return {
        "catalogue.tours": catalogue.tours(talk.shop, talk.at),
        "catalogue.free_dates": catalogue.free_dates(talk.shop, talk.at),
        "booking.dates": booking.dates(shelf.tour, shelf.starts),
        "booking.how_many": booking.how_many(begun, question),
        "booking.summary": booking.summary(shelf.chosen, wanted, "k" * 16, coupons.shown_vouchers(talk.shop, talk.at)),
        "booking.nobody": booking.nobody(begun),
        "booking.gone": booking.gone(shelf.tour),
        "booking.refused": booking.refused("x" * 300, shelf.starts[0].public_id),
        "options.next_question": options.next_question(_chosen(talk, shelf.starts[0], n="2.1.0")),
        "options.next_question: extras": options.next_question(_chosen(talk, shelf.starts[0], n="2.1.0", p="no")),
    }


def _goods(talk: Talk, shelf: Shelf) -> dict[str, list[Json]]:
    product, one = Product.objects.select_related("shop").get(), Pieces(shelf.cloth, 2)
    wanted = basket(shop=talk.shop, items=one.items, at=talk.at)
    return {
        "catalogue.goods": catalogue.goods(talk.shop),
        "goods.kinds": goods.kinds(product, kinds_of(product)),
        "goods.how_many": goods.how_many(one),
        "goods.summary": goods.summary(one, wanted, "k" * 16, coupons.shown_vouchers(talk.shop, talk.at)),
        "goods.gone": goods.gone(),
        "goods.sold_out": goods.sold_out(one),
        "goods.refused": goods.refused("x" * 300, one),
    }


def _orders(talk: Talk, shelf: Shelf) -> dict[str, list[Json]]:
    both = [shelf.seats, shelf.parcel]
    return {
        "orders.mine": orders.mine(talk.follower),
        "orders.placed": orders.placed(shelf.seats),
        "orders.placed: goods": orders.placed(shelf.parcel),
        "orders.confirmed": orders.confirmed(shelf.seats),
        "orders.confirmed: goods": orders.confirmed(shelf.parcel),
        "orders.changed": orders.changed(shelf.seats, "x" * 100, "x" * 200),
        "orders.still_asked": orders.still_asked(shelf.seats),
        "orders.slip_received": orders.slip_received(shelf.seats),
        "orders.address_first": orders.address_first(shelf.parcel),
        "orders.which_order": orders.which_order(both, "m" * 20),
        "orders.not_a_slip": orders.not_a_slip("x" * 200),
        "orders.reminder": orders.reminder(shelf.seats, shelf.starts[0]),
        "orders.ask_review": orders.ask_review(shelf.seats, 1, orders.title(shelf.tour)),
        "orders.thanks_for_stars": orders.thanks_for_stars(shelf.seats, 5),
    }


def functions_that_make_messages() -> set[str]:
    """All of the screens that say so by their type."""
    names = [one.name for one in pkgutil.iter_modules(screens.__path__)]
    modules = {name: importlib.import_module(f"{screens.__name__}.{name}") for name in names}
    found = {
        f"{name}.{function}"
        for name, module in modules.items()
        for function, made in inspect.getmembers(module, inspect.isfunction)
        if made.__module__ == module.__name__ and not function.startswith("_")
        if get_type_hints(made).get("return") == list[Json]
    }
    return found - PIECES
