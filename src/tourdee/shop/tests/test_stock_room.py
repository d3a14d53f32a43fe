"""The shelf: every change of a stock number leaves a line, happens once, and never goes below what is ordered."""

import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tourdee.core.models import AuditLine

from ..actions.catalogue import VariantRow, set_variants
from ..actions.fulfilment import ship_order
from ..actions.money import record_manual_payment
from ..actions.stock_room import BelowReserved, move_stock
from ..models import Product, StockMovement, Variant
from .factories import a_product, a_shop, an_order, goods

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "form-key-0123456789"


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def variant(shop):
    return a_product(shop, stock=10)


def movements():
    rows = StockMovement.objects.order_by("pk")
    return list(rows.values_list("kind", "change", "after", "reason"))


def moved(variant, change, owner, at, *, key=KEY, kind="arrived"):
    return move_stock(variant=variant, change=change, kind=kind, reason="งานวัด", key=key, by=owner, at=at)


def test_pieces_come_and_go_with_a_reason(variant, owner, at):
    assert moved(variant, 5, owner, at)
    assert moved(variant, -3, owner, at, key="another-key-012345678", kind="taken_out")
    assert movements() == [("arrived", 5, 15, "งานวัด"), ("taken_out", -3, 12, "งานวัด")]
    assert Variant.objects.get().stock == 12
    assert AuditLine.objects.filter(act="stock.moved").count() == 2


def test_the_same_form_moves_once(variant, owner, at):
    assert [moved(variant, 5, owner, at) for _time in range(2)] == [True, False]
    assert (Variant.objects.get().stock, len(movements())) == (15, 1)


def test_what_is_ordered_cannot_be_taken_out(shop, variant, owner, at):
    an_order(shop, goods(variant, 4), at=at)
    with pytest.raises(BelowReserved) as refused:
        moved(variant, -7, owner, at, kind="taken_out")
    assert (refused.value.reserved, Variant.objects.get().stock, movements()) == (4, 10, [])


def test_a_movement_moves_something(variant, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        StockMovement.objects.create(variant=variant, at=at, kind="arrived", change=0, after=10, source="x")


def test_what_is_sent_and_what_is_edited_stand_in_the_same_book(shop, variant, owner, at):
    order = an_order(shop, goods(variant, 2), at=at)
    record_manual_payment(order=order, by=owner, satang=order.total_satang, reference="cash", at=at)
    for _time in range(2):
        ship_order(order=order, by=owner, at=at, carrier="Flash Express", tracking="TH1")
    Product.objects.update(status="draft")  # a published one would need pictures
    row = VariantRow(price_satang=100, stock=11, stock_seen=8, name_th="ก", public_id=variant.public_id)
    set_variants(product=variant.product, rows=[row], by=owner, at=at)
    assert movements() == [("sent", -2, 8, order.code), ("edited", 3, 11, "")]


# ------------------------------------------------------------------ pages
def test_counting_writes_only_the_difference(variant, owner, client_of, at, clock):
    client, page = client_of(owner), reverse("move_stock", args=[variant.public_id])
    shown = client.get(page).context["form"]
    moved(variant, 1, owner, at)  # meanwhile one came in
    form = {"kind": "counted", "pieces": "๘", "reason": "", "seen": shown["seen"].value(), "key": shown["key"].value()}
    for _time in range(2):
        client.post(page, form)
    assert Variant.objects.get().stock == 9  # 10 + 1 that came, less the 2 that were missing
    assert movements()[-1] == ("counted", -2, 9, "")


def test_what_runs_out_stands_first_and_on_the_desk(shop, variant, owner, client_of):
    scarce = a_product(shop, stock=2, name_th="ตะกร้า")
    rows = client_of(owner).get(reverse("my_stock")).context["rows"]
    assert [(row.variant.pk, row.low) for row in rows] == [(scarce.pk, True), (variant.pk, False)]
    shop.opened_at = shop.created_at
    shop.save()
    assert client_of(owner).get(reverse("my_shop")).context["low_stock"] == 1


@pytest.mark.parametrize("number", [1, 3])
def test_more_on_the_shelf_asks_no_more(shop, owner, client_of, django_assert_num_queries, number):
    for _one in range(number):
        a_product(shop)
    client = client_of(owner)
    client.get(reverse("my_stock"))
    with django_assert_num_queries(5):
        client.get(reverse("my_stock"))


def a_table(*rows):
    head = "Code,Product,Variant,In stock,Counted\n"
    return io.BytesIO((head + "\n".join(rows)).encode())


def test_a_table_comes_back_first_shown_then_written(shop, variant, owner, client_of):
    other = a_product(shop, stock=5, name_th="ตะกร้า")
    client, page = client_of(owner), reverse("stock_counts")
    table = client.get(reverse("stock_table")).content.decode()
    assert variant.public_id in table
    shown = client.post(page, {"table": a_table(f"{variant.public_id},,,10,7", f"{other.public_id},,,5,")})
    assert [(row.was, row.counted, row.problem) for row in shown.context["rows"]] == [(10, 7, "")]
    assert Variant.objects.get(pk=variant.pk).stock == 10
    form = {"sealed": shown.context["sealed"], "key": shown.context["key"]}
    for _time in range(2):
        client.post(page, form)
    assert list(Variant.objects.order_by("pk").values_list("stock", flat=True)) == [7, 5]
    assert len(movements()) == 1


@pytest.mark.parametrize("bad", ["strangecode123,,,1,2", "{own},,,10,-1", "{own},,,10,x", "{own},,,10,2"])
def test_one_wrong_line_keeps_everything_as_it_was(shop, variant, owner, client_of, at, bad):
    other = a_product(shop, stock=5, name_th="ตะกร้า")
    an_order(shop, goods(variant, 4), at=at)
    lines = [f"{other.public_id},,,5,3", bad.replace("{own}", variant.public_id)]
    shown = client_of(owner).post(reverse("stock_counts"), {"table": a_table(*lines)})
    assert (shown.context["wrong"], shown.context["sealed"]) == (True, "")
    assert movements() == []


def test_a_forged_text_counts_nothing(shop, variant, owner, client_of):
    client_of(owner).post(reverse("stock_counts"), {"sealed": "forged:text", "key": KEY})
    assert movements() == []
