"""The file of a person's own data: every room tells its part, and no secret stands in it."""

import json
import re

from tourdee.learn.models import CostSheet
from tourdee.shop.models import Order
from tourdee.shop.tests.factories import a_departure, a_shop, a_tour, an_order, in_days, seats

NO_SECRETS = re.compile(r"secret|token|password|keys|sealed|hash", re.IGNORECASE)


def own_data(client) -> dict:
    return json.loads(client.get("/account/profile/my-data/").content)


def names_in(thing) -> set[str]:
    if isinstance(thing, dict):
        return set(thing) | {name for part in thing.values() for name in names_in(part)}
    return {name for part in thing for name in names_in(part)} if isinstance(thing, list) else set()


def test_every_room_tells_its_part(client_of, owner, at):
    shop = a_shop(owner)
    CostSheet.objects.create(user=owner, name="ทริปเดินป่า", kind="tour", units=6, price_satang=90000, at=at)
    found = own_data(client_of(owner))
    assert {"account", "bought", "course", "learning", "line", "messages", "shop"} <= set(found)
    assert found["shop"][0]["name_th"] == shop.name_th
    assert [sheet["name"] for sheet in found["learning"]["cost_sheets"]] == ["ทริปเดินป่า"]
    assert found["course"] == {"applications": [], "attendance": [], "certificates": []}
    assert not [name for name in names_in(found) if NO_SECRETS.search(name)]


def test_a_buyer_is_told_their_orders_and_nobody_elses(client_of, teammate, owner, stranger, at):
    departure = a_departure(a_tour(a_shop(owner)), starts_at=in_days(at, 5))
    order, other = (an_order(departure.tour.shop, seats(departure, 1), at=at) for _each in range(2))
    Order.objects.filter(pk=order.pk).update(buyer_email=teammate.email.upper())
    mine = client_of(teammate).get("/account/profile/my-data/").content.decode()
    assert [one["code"] for one in json.loads(mine)["bought"]] == [order.code]
    assert order.secret not in mine
    assert own_data(client_of(stranger))["bought"] == []
    assert other.buyer_email != teammate.email
