"""What goes over the wire to MyShop and what is made of its answers, by the published description of its interface."""

from datetime import UTC, datetime

import pytest

from tourdee.core.calling import Answer, Refused, Unavailable

from ..myshop import Client, Kind, Sold

BASE = "https://developers-oaplus.line.biz/myshop/v1"


class Wire:
    """Answers in turn, and remembers what was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.answers, self.asked = list(answers), []

    def __call__(self, method, url, *, headers, form=None, body=None, raw=False) -> Answer:
        self.asked.append((method, url, body))
        assert headers["X-API-KEY"] == "k"
        return self.answers.pop(0)


def test_a_new_product_is_told_in_its_form():
    wire = Wire(Answer(200, {}))
    kinds = [
        Kind(sku="a", name="คราม", satang=35050, grams=300, pieces=5),
        Kind(sku="b", name="แดง", satang=40000, grams=0, pieces=1),
    ]
    Client("k", wire).make(
        code="p", name="ผ้า", description="ก & ข\n<ค>", brand="มะลิ", category=7, pictures=["https://x/1.jpg"] * 9, kinds=kinds
    )  # fmt: skip
    method, url, body = wire.asked[0]
    assert (method, url) == ("POST", f"{BASE}/products")
    assert len(body.pop("imageUrls")) == 7
    assert body == {
        "code": "p", "name": "ผ้า", "brand": "มะลิ", "categoryId": 7, "description": "ก &amp; ข<br>&lt;ค&gt;",
        "variants": [
            {"sku": "a", "price": 350.5, "weight": 0.3, "onHandNumber": 5, "options": [0]},
            {"sku": "b", "price": 400, "weight": 0.01, "onHandNumber": 1, "options": [1]},
        ],
        "variantOptions": {"option1": {"name": "แบบ", "data": [{"value": "คราม"}, {"value": "แดง"}]}},
    }  # fmt: skip


def test_price_and_pieces_are_absolute():
    wire = Wire(Answer(200, {}), Answer(200, {}))
    client = Client("k", wire)
    client.set_kind("9", "12", satang=39900, on_hand=4)
    client.show("9", shown=False)
    assert wire.asked == [
        ("PATCH", f"{BASE}/products/9/variant", {"id": 12, "price": 399, "onHandNumber": 4}),
        ("POST", f"{BASE}/products/9/display-status/hide", None),
    ]


def test_orders_are_read_page_by_page_since_a_moment():
    one = {"orderNumber": "1", "orderStatus": "FINALIZED", "shipmentStatus": "PENDING"}
    two = {"orderNumber": "2", "orderStatus": "FINALIZED", "shipmentStatus": "SHIPPED_ALL"}
    three = {"orderNumber": "3", "orderStatus": "EXPIRED"}
    wire = Wire(Answer(200, {"data": [one, two], "totalPage": 2}), Answer(200, {"data": [three], "totalPage": 2}))
    found = Client("k", wire).orders(datetime(2026, 11, 23, 5, tzinfo=UTC))
    assert found == [
        Sold(number="1", state="open"), Sold(number="2", state="sent"), Sold(number="3", state="cancelled"),
    ]  # fmt: skip
    assert "startAt=2026-11-23T05%3A00%3A00Z" in wire.asked[0][1]
    assert "page=2" in wire.asked[1][1]


def test_an_orders_number_cannot_lead_elsewhere():
    wire = Wire(
        Answer(200, {"orderNumber": "1", "orderStatus": "COMPLETED", "orderItems": [{"sku": "a", "quantity": 2}]})
    )
    assert Client("k", wire).order("../products?x=1").lines == (("a", 2),)
    assert wire.asked[0][1] == f"{BASE}/orders/..%2Fproducts%3Fx%3D1"


@pytest.mark.parametrize("status", [401, 403])
def test_a_wrong_key_is_told_from_a_wrong_request(status):
    with pytest.raises(Refused) as refused:
        Client("k", Wire(Answer(status, {}))).products()
    assert refused.value.code == "key"


def test_a_refusal_is_told_in_its_own_words():
    with pytest.raises(Refused) as refused:
        Client("k", Wire(Answer(400, {"code": "BAD_REQUEST", "message": "name is too long"}))).products()
    assert refused.value.code == "name is too long"


@pytest.mark.parametrize(
    "junk", [{}, {"data": [{}], "totalPage": 1}, {"data": None}, {"data": [{"id": 1, "variants": 3}]}]
)
def test_an_answer_of_another_form_is_no_answer(junk):
    with pytest.raises(Unavailable):
        Client("k", Wire(Answer(200, junk))).products()
