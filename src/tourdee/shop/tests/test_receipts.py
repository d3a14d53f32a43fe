"""Receipts: one for what is the seller's, numbered without a gap, taken back by notes, exchanged for the buyer."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tourdee.core.dates import at_bangkok
from tourdee.core.money import vat_within
from tourdee.legal.actions import TaxDetails, set_tax_details

from ..actions.money import apply_payment, record_manual_payment, record_payment
from ..actions.orders import cancel_order, record_refund
from ..actions.receipts import CannotExchange, ReceiptBuyer, exchange_receipt
from ..models import Order, Receipt, ReceiptSeries
from ..queries.receipts import tax_ids
from .factories import a_departure, a_product, a_shop, a_tour, an_order, goods, in_days, seats

pytestmark = pytest.mark.django_db
TAX_ID = "0105555000005"
BUYER = ReceiptBuyer(name="บริษัท ผู้ซื้อ จำกัด", address="1 ถ.สีลม กรุงเทพฯ 10500", tax_id="0107537000001", branch="00000")


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def vat(shop, owner, at):
    """The seller is registered for VAT."""
    set_tax_details(business=shop.business, details=TaxDetails(tax_id=TAX_ID, vat_from=at.date()), by=owner, at=at)


@pytest.fixture
def departure(shop, at):
    return a_departure(a_tour(shop), starts_at=in_days(at, 2), capacity=40)


def a_paid_order(shop, departure, at, satang=240000):
    order = an_order(shop, seats(departure, 2), at=at)
    record_manual_payment(order=order, by=shop.owner, satang=satang, reference="1", at=at)
    return Order.objects.get(pk=order.pk)


def papers(order):
    return [(one.code, one.satang, one.vat_satang) for one in order.receipts.all()]


def test_a_paid_order_has_a_receipt_with_its_lines(shop, at):
    cloth = an_order(shop, goods(a_product(shop), 2), at=at)
    record_manual_payment(order=cloth, by=shop.owner, satang=75000, reference="1", at=at)
    receipt = cloth.receipts.get()
    assert receipt.code == "RC2569-000001"
    assert (receipt.satang, receipt.vat_satang, receipt.buyer_name) == (75000, 0, "Anna Berg")
    assert [(line["quantity"], line["satang"]) for line in receipt.content["lines"]] == [(2, 70000), (1, 5000)]
    assert receipt.content["seller"]["name"] == shop.business.name


def test_numbers_follow_each_other_for_each_business_alone(shop, departure, at, stranger):
    for _ in range(3):
        a_paid_order(shop, departure, at)
    other = a_shop(stranger)
    a_paid_order(other, a_departure(a_tour(other), starts_at=in_days(at, 2)), at)
    assert sorted(one.code for one in Receipt.objects.filter(business=shop.business)) == [
        "RC2569-000001", "RC2569-000002", "RC2569-000003",
    ]  # fmt: skip
    assert Receipt.objects.get(business=other.business).code == "RC2569-000001"


def test_a_new_year_in_bangkok_begins_at_one(shop, departure, at):
    a_paid_order(shop, departure, at)
    year_end = at_bangkok(at.date().replace(month=12, day=31), 23, 59)
    later = a_departure(a_tour(shop), starts_at=in_days(year_end, 5))
    assert a_paid_order(shop, later, year_end).receipts.get().code == "RC2569-000002"
    new_year = at_bangkok(at.date().replace(year=at.year + 1, month=1, day=1), 0, 1)
    assert a_paid_order(shop, later, new_year).receipts.get().code == "RC2570-000001"


def test_a_number_that_was_drawn_in_vain_is_drawn_again(shop, departure, at):
    class Fails(Exception):
        pass

    order = an_order(shop, seats(departure, 2), at=at)
    event = record_payment(provider="manual", reference="x", order=order, satang=240000, at=at)

    def a_number_is_drawn_and_lost():
        with transaction.atomic():
            apply_payment(event=event, at=at)
            assert ReceiptSeries.objects.get().last == 1
            raise Fails

    with pytest.raises(Fails):
        a_number_is_drawn_and_lost()
    assert a_paid_order(shop, departure, at).receipts.get().code == "RC2569-000001"


def test_the_database_gives_a_number_once(shop, departure, at):
    receipt = a_paid_order(shop, departure, at).receipts.get()
    receipt.pk, receipt.public_id = None, "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        receipt.save(force_insert=True)


def test_money_that_is_not_the_sellers_yet_has_no_receipt(shop, departure, at):
    order = a_paid_order(shop, departure, at, satang=100000)
    assert papers(order) == []


def test_a_deposit_has_its_receipt_and_the_rest_another(shop, departure, at):
    order = an_order(shop, seats(departure, 2), at=at)
    Order.objects.filter(pk=order.pk).update(due_now_satang=80000)
    record_manual_payment(order=order, by=shop.owner, satang=80000, reference="1", at=at)
    record_manual_payment(order=order, by=shop.owner, satang=160000, reference="2", at=at)
    assert papers(order) == [("RC2569-000001", 80000, 0), ("RC2569-000002", 160000, 0)]
    assert order.receipts.first().content["lines"][0]["name_en"] == f"Part payment of order {order.code}"


def test_what_was_paid_too_much_stands_on_no_receipt(shop, departure, at):
    assert papers(a_paid_order(shop, departure, at, satang=250000)) == [("RC2569-000001", 240000, 0)]


def test_a_cancelled_order_keeps_its_receipt_and_has_a_note_for_what_goes_back(shop, departure, at):
    order = a_paid_order(shop, departure, at)
    cancel_order(order=order, by="buyer", at=at)
    assert papers(order) == [("RC2569-000001", 240000, 0), ("RF2569-000001", 120000, 0)]
    assert order.receipts.last().refers_to.code == "RC2569-000001"
    record_refund(order=order, satang=120000, reference="R", by=shop.owner, at=at)
    assert len(papers(order)) == 2  # owed or paid back, it is the same money


def test_vat_is_taken_out_of_the_price_by_the_rate_of_the_day(vat, shop, departure, at):
    receipt = a_paid_order(shop, departure, at).receipts.get()
    assert (receipt.code, receipt.vat_satang, receipt.net_satang, receipt.vat_percent) == (
        "AB2569-000001", 15701, 224299, Decimal(7),
    )  # fmt: skip
    assert tax_ids(receipt) == {"seller": TAX_ID, "buyer": ""}


@pytest.mark.parametrize(
    ("satang", "percent", "vat"), [(10700, 7, 700), (1, 7, 0), (8, 7, 1), (11000, 10, 1000), (99, 0, 0)]
)
def test_the_tax_within_a_price_is_rounded_half_up_to_the_satang(satang, percent, vat):
    assert vat_within(satang, Decimal(percent)) == vat


def test_a_credit_note_gives_back_all_the_tax_even_where_thirds_do_not_add_up(vat, shop, departure, at):
    order = a_paid_order(shop, departure, at)
    for reference in ("a", "b", "c"):
        record_refund(order=order, satang=80000, reference=reference, by=shop.owner, at=at)
    assert papers(order) == [
        ("AB2569-000001", 240000, 15701),
        ("CN2569-000001", 80000, 5234),
        ("CN2569-000002", 80000, 5234),
        ("CN2569-000003", 80000, 5233),
    ]


def test_a_buyer_who_asks_gets_a_full_tax_invoice_instead(vat, shop, departure, at):
    order = a_paid_order(shop, departure, at)
    old = order.receipts.get()
    new = exchange_receipt(receipt=old, buyer=BUYER, at=at)
    assert (new.code, new.replaces, new.satang, new.vat_satang) == ("TX2569-000001", old, 240000, 15701)
    assert tax_ids(new) == {"seller": TAX_ID, "buyer": "0107537000001"}
    assert BUYER.tax_id not in str(Receipt.objects.values())
    cancel_order(order=order, by="seller", at=at)
    note = order.receipts.last()
    assert (note.code, note.refers_to, tax_ids(note)["buyer"]) == ("CN2569-000001", new, "0107537000001")


def test_without_vat_the_receipt_is_written_anew_under_the_next_number(shop, departure, at):
    order = a_paid_order(shop, departure, at)
    new = exchange_receipt(receipt=order.receipts.get(), buyer=BUYER, at=at)
    assert (new.code, new.buyer_name) == ("RC2569-000002", "บริษัท ผู้ซื้อ จำกัด")
    assert order.notes.last().text_th == "ออกใบเสร็จใหม่เลขที่ RC2569-000002 แทนใบเดิม RC2569-000001"


def test_what_no_longer_counts_cannot_be_exchanged(shop, departure, at):
    order = a_paid_order(shop, departure, at)
    old = order.receipts.get()
    new = exchange_receipt(receipt=old, buyer=BUYER, at=at)
    cancel_order(order=order, by="seller", at=at)
    note = order.receipts.last()
    for receipt in (old, new, note):
        with pytest.raises(CannotExchange):
            exchange_receipt(receipt=receipt, buyer=BUYER, at=at)
    assert order.receipts.count() == 3
