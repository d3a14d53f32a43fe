"""The books: they follow the orders, balance by their shape, and say a thing once."""

import pytest
from django.db import IntegrityError, transaction

from tourdee.legal.actions import TaxDetails, set_tax_details

from ..actions.books import NotAPayout, PayoutTwice, keep_books, open_books, record_payout
from ..actions.money import apply_payment, record_manual_payment, write_event
from ..actions.orders import cancel_order, record_refund
from ..models import Order, Posting, Receipt, Way
from ..queries.books import moves, position, posted, receipts_that_count
from .factories import a_departure, a_product, a_shop, a_tour, an_order, goods, in_days, seats

pytestmark = pytest.mark.django_db
TAX_ID = "0105555000005"


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def departure(shop, at):
    return a_departure(a_tour(shop), starts_at=in_days(at, 2))


@pytest.fixture
def order(shop, departure, at):
    """Two adults (฿2,400), one cloth (฿350), shipping ฿50: ฿2,800."""
    return an_order(shop, seats(departure, 2), goods(a_product(shop), 1), at=at)


def pay(order, satang, at, reference="1"):
    record_manual_payment(order=order, by=order.shop.owner, satang=satang, reference=reference, at=at)
    return Order.objects.get(pk=order.pk)


def rows(order):
    return list(order.postings.values_list("debit", "credit", "satang"))


def wanted(order):
    return position(order, order.lines.all(), receipts_that_count(order))


def test_an_order_that_is_not_paid_is_not_in_the_books(order):
    assert rows(order) == []


def test_a_paid_order_is_sold_by_what_it_was(order, at):
    pay(order, 280000, at)
    assert rows(order) == [("bank", "tours", 240000), ("bank", "goods", 35000), ("bank", "shipping", 5000)]


def test_cash_lies_in_another_account(order, at):
    event = write_event(
        provider="manual", reference="1", order=order, satang=280000, at=at, by=None, payload={"how": "cash"}
    )
    apply_payment(event=event, at=at)
    assert posted(order)["cash"] == 280000


def test_a_part_waits_as_a_deposit_until_the_rest_comes(order, at):
    pay(order, 100000, at)
    assert posted(order) == {"bank": 100000, "deposits": -100000}
    pay(order, 180000, at, "2")
    assert posted(order) == {"bank": 280000, "tours": -240000, "goods": -35000, "shipping": -5000}


def test_what_is_paid_too_much_is_owed_back(order, at):
    pay(order, 300000, at)
    assert posted(order)["refunds"] == -20000
    record_refund(order=order, satang=20000, reference="R", by=order.shop.owner, at=at)
    assert posted(order) == {"bank": 280000, "tours": -240000, "goods": -35000, "shipping": -5000}


def test_a_refund_through_the_gateway_leaves_the_bank_alone(order, at):
    pay(order, 300000, at)
    record_refund(order=order, satang=20000, reference="rfnd_1", by=order.shop.owner, at=at, way=Way.GATEWAY)
    assert (posted(order)["bank"], posted(order)["gateway"]) == (300000, -20000)


def test_a_cancelled_order_is_sold_no_more_and_what_is_kept_is_income(order, at):
    paid = pay(order, 280000, at)
    cancel_order(order=paid, by="buyer", at=at)  # two days before: half of the seats, all of the goods and shipping
    assert posted(order) == {"bank": 280000, "refunds": -160000, "kept": -120000}
    record_refund(order=order, satang=160000, reference="R", by=order.shop.owner, at=at)
    assert posted(order) == {"bank": 120000, "kept": -120000}


def test_good_will_lessens_the_sales_and_nobody_owes_it(order, at):
    paid = pay(order, 280000, at)
    record_refund(order=paid, satang=30000, reference="R", by=order.shop.owner, at=at)
    books = posted(order)
    assert (books["bank"], books["reductions"], books.get("guests")) == (250000, 30000, None)


def test_what_is_asked_of_the_guest_after_a_refund_is_still_to_come(order, at):
    paid = pay(order, 300000, at)
    record_refund(order=paid, satang=20000, reference="R", by=order.shop.owner, at=at)
    Order.objects.filter(pk=order.pk).update(goods_satang=295000, total_satang=300000)  # moved to a dearer date
    keep_books(order=order, at=at)
    books = posted(order)
    assert (books["guests"], books["bank"], books.get("reductions")) == (20000, 280000, None)


def test_a_deposit_confirms_and_the_rest_is_still_to_come(order, at):
    Order.objects.filter(pk=order.pk).update(due_now_satang=80000)
    pay(order, 80000, at)
    assert (posted(order)["guests"], posted(order)["tours"]) == (200000, -240000)
    pay(order, 200000, at, "2")
    assert "guests" not in posted(order)


@pytest.mark.parametrize(("pay_by", "account"), [("on_delivery", "cod"), ("reseller", "resellers")])
def test_what_comes_later_is_owed_by_whoever_collects_it(order, at, pay_by, account):
    Order.objects.filter(pk=order.pk).update(due_now_satang=0, pay_by=pay_by, status="confirmed")
    keep_books(order=order, at=at)
    assert posted(order) == {account: 280000, "tours": -240000, "goods": -35000, "shipping": -5000}


def test_a_voucher_stands_beside_the_sale(order, at):
    Order.objects.filter(pk=order.pk).update(discount_satang=30000, total_satang=250000, due_now_satang=250000)
    pay(order, 250000, at)
    assert posted(order)["discounts"] == 30000


def test_writing_the_books_again_changes_nothing(order, at):
    pay(order, 280000, at)
    before = list(Posting.objects.values())
    assert keep_books(order=order, at=in_days(at, 1)) == []
    assert list(Posting.objects.values()) == before
    assert Receipt.objects.count() == 1


def test_the_same_payment_sent_twice_is_in_the_books_once(order, at):
    pay(order, 280000, at)
    pay(order, 280000, at)
    assert posted(order)["bank"] == 280000


def test_every_account_of_an_order_adds_up_to_nothing(order, at):
    paid = pay(order, 300000, at)
    assert sum(wanted(paid).values()) == 0
    cancelled = cancel_order(order=paid, by="buyer", at=at)
    assert sum(wanted(cancelled).values()) == 0
    assert sum(posted(order).values()) == 0


def test_a_posting_is_never_changed_nor_deleted(order, at):
    pay(order, 280000, at)
    row = Posting.objects.first()
    for act in (row.save, row.delete, Posting.objects.all().delete, lambda: Posting.objects.update(satang=1)):
        with pytest.raises(RuntimeError):
            act()


@pytest.mark.parametrize("wrong", [{"satang": 0}, {"debit": "tours"}, {"source": "twice"}])
def test_the_database_refuses_what_is_no_posting(shop, at, wrong):
    columns = {"business": shop.business, "at": at, "debit": "bank", "credit": "tours", "satang": 1, "source": "once"}
    Posting.objects.create(**columns | {"source": "twice"})
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.create(**columns | wrong)


def test_two_writers_who_saw_the_same_books_do_not_both_write(order, at):
    pay(order, 280000, at)
    twin = Posting(
        business=order.seller, order=order, at=at, debit="bank", credit="tours", satang=1,
        source=f"order:{order.public_id}:1",
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_the_way_from_one_state_to_another_is_short_and_complete():
    assert moves({}, {"bank": 5, "cash": 1, "tours": -4, "goods": -2}) == [
        ("bank", "tours", 4),
        ("bank", "goods", 1),
        ("cash", "goods", 1),
    ]
    assert moves({"bank": 5, "tours": -5}, {"bank": 5, "tours": -5}) == []


def test_orders_older_than_the_books_are_written_with_the_day_they_were_decided(order, departure, at):
    paid = pay(order, 280000, at)
    Receipt.objects.all().delete()
    Posting.objects.all()._raw_delete(Posting.objects.db)
    assert open_books(at=in_days(at, 9)) == 1
    assert posted(order) == wanted(paid)
    assert {row.at for row in Posting.objects.all()} == {paid.confirmed_at}
    assert open_books(at=in_days(at, 9)) == 0


def test_a_gateway_pays_out_less_its_fee_once(shop, owner, at):
    payout = {
        "business": shop.business,
        "satang": 97000,
        "fee_satang": 3000,
        "reference": "tr_1",
        "by": owner,
        "at": at,
    }
    record_payout(**payout)
    record_payout(**payout)
    assert list(Posting.objects.values_list("debit", "credit", "satang")) == [
        ("bank", "gateway", 97000),
        ("fees", "gateway", 3000),
    ]
    with pytest.raises(PayoutTwice):
        record_payout(**payout | {"satang": 98000})
    with pytest.raises(NotAPayout):
        record_payout(**payout | {"reference": "tr_2", "satang": 0})


def test_vat_of_a_registered_seller_is_owed_to_the_state(order, at):
    set_tax_details(
        business=order.seller, details=TaxDetails(tax_id=TAX_ID, vat_from=at.date()), by=order.seller.owner, at=at
    )
    pay(order, 280000, at)
    assert posted(order)["vat"] == -18318  # 2,800 × 7 ÷ 107 = 183.178
    assert posted(order)["vat_in_sales"] == 18318
