"""A seller's pages: resellers, keys shown once, what is owed, the sandbox; and the page that explains the interface."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tourdee.core.models import AuditLine
from tourdee.legal.models import Paper
from tourdee.shop.actions.orders import cancel_order
from tourdee.shop.models import Account, Order
from tourdee.shop.queries.books import posted
from tourdee.shop.queries.reconcile import differences

from ..actions.keys import add_reseller, make_key
from ..actions.sandbox import seed_sandbox
from ..models import Booking, Key, Reseller
from .conftest import Program, a_program, reservation
from .test_bookings import error

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(shop, owner, client_of, at, clock) -> Client:
    shop.opened_at = at
    shop.save()
    return client_of(owner)


def secret_in(page) -> str:
    return page.context["secret"]


# ------------------------------------------------------------------ resellers and keys
def test_adding_a_reseller_shows_its_key_once(seller, shop):
    page = seller.post(reverse("new_reseller"), {"name": "Klook", "commission_percent": "๑๕", "email": ""})
    secret = secret_in(page)
    assert page["Cache-Control"] == "private, no-store"
    assert Program("mali-tours", secret).get("/supplier").status_code == 200
    reseller = Reseller.objects.get()
    assert (reseller.shop, reseller.commission_percent) == (shop, 15)
    again = seller.get(reverse("my_reseller", args=[reseller.public_id])).content.decode()
    assert secret not in again
    assert f"…{secret[-4:]}" in again


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"name": "", "commission_percent": "20"}, "name"), ({"name": "A", "commission_percent": "61"}, "commission_percent"),
     ({"name": "A", "commission_percent": "-1"}, "commission_percent"), ({"name": "Klook", "commission_percent": "20"}, "name")],
)  # fmt: skip
def test_what_was_typed_wrong_is_said_at_its_field_and_kept(seller, reseller, typed, field):
    page = seller.post(reverse("new_reseller"), typed | {"email": ""})
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["name"].value() == typed["name"]
    assert Reseller.objects.count() == 1


def test_without_a_licence_nobody_is_added(seller, shop):
    Paper.objects.all().delete()
    assert seller.post(reverse("new_reseller"), {"name": "Klook", "commission_percent": "20"}).url == reverse(
        "my_resellers"
    )
    assert seller.post(reverse("new_octo_test")).url == reverse("my_resellers")
    assert not Reseller.objects.exists()
    assert seller.get(reverse("my_resellers")).context["licensed"] is False


def test_a_second_key_works_beside_the_first_until_that_is_revoked(seller, reseller, program):
    secret = secret_in(seller.post(reverse("new_octo_key", args=[reseller.public_id])))
    second = Program("mali-tours", secret)
    assert [one.get("/supplier").status_code for one in (program, second)] == [200, 200]
    seller.post(reverse("revoke_octo_key", args=[Key.objects.earliest("id").public_id]))
    assert [one.get("/supplier").status_code for one in (program, second)] == [403, 200]
    acts = AuditLine.objects.filter(act__startswith="octo.").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["octo.reseller_added", "octo.key_made", "octo.key_made", "octo.key_revoked"]


def test_other_terms_hold_for_bookings_from_now_on(seller, reseller, program, departure):
    program.booking(departure, 1)
    terms = {"name": "Klook", "commission_percent": "30", "email": "new@klook.example"}
    assert seller.post(reverse("my_reseller", args=[reseller.public_id]), terms).status_code == 302
    program.booking(departure, 1)
    assert list(Order.objects.order_by("pk").values_list("total_satang", flat=True)) == [96000, 84000]


def test_another_seller_finds_none_of_it(reseller, program, departure, teammate, other_shop, client_of, clock):
    program.confirm(program.booking(departure, 1))
    stranger, key = client_of(teammate), Key.objects.get()
    for name in ("my_reseller", "new_octo_key", "settle_reseller", "forget_octo_tests"):
        address = reverse(name, args=[reseller.public_id])
        assert stranger.post(address, {"reference": "x", "code": Order.objects.get().code}).status_code == 404
    assert stranger.get(reverse("my_reseller", args=[reseller.public_id])).status_code == 404
    assert stranger.post(reverse("revoke_octo_key", args=[key.public_id])).status_code == 404
    key.refresh_from_db()
    assert (key.revoked_at, Order.objects.get().paid_satang) == (None, 0)


def test_the_list_costs_the_same_with_one_and_with_three(seller, shop, owner, reseller, at):
    seller.get(reverse("my_resellers"))
    with CaptureQueriesContext(connection) as one:
        seller.get(reverse("my_resellers"))
    for name in ("Viator", "GetYourGuide"):
        make_key(
            reseller=add_reseller(shop=shop, name=name, email="", commission_percent=20, by=owner, at=at),
            by=owner,
            at=at,
        )
    with CaptureQueriesContext(connection) as three:
        page = seller.get(reverse("my_resellers"))
    assert [one.name for one in page.context["resellers"]] == ["GetYourGuide", "Klook", "Viator"]
    assert len(one) == len(three)


# ------------------------------------------------------------------ money
def test_what_a_reseller_owes_is_settled_booking_by_booking(seller, reseller, program, departure, at):
    bookings = [program.booking(departure, 1) for _ in range(3)]
    for booking in bookings[:2]:
        program.confirm(booking)
    page = seller.get(reverse("my_reseller", args=[reseller.public_id]))
    codes = [one.order.code for one in page.context["unsettled"]]
    assert codes == [booking["supplierReference"] for booking in bookings[:2]]
    assert page.context["reseller"].owed_satang == 192000
    sent = {"code": [*codes[:1], "NOSUCH"], "reference": "INV 7"}
    for _twice in range(2):
        seller.post(reverse("settle_reseller", args=[reseller.public_id]), sent)
    paid = Order.objects.get(code=codes[0])
    assert (paid.paid_satang, paid.refund_due_satang) == (96000, 0)
    assert posted(paid)[Account.TOURS] == -96000
    assert sum(Order.objects.values_list("paid_satang", flat=True)) == 96000
    assert differences(at) == []


def test_a_settlement_needs_a_reference(seller, reseller, program, departure):
    program.confirm(program.booking(departure, 1))
    page = seller.post(reverse("settle_reseller", args=[reseller.public_id]), {"code": Order.objects.get().code})
    assert list(page.context["settlement"].errors) == ["reference"]
    assert Order.objects.get().paid_satang == 0


# ------------------------------------------------------------------ what the seller sees, and the reseller hears
def test_orders_and_manifest_name_the_reseller(seller, program, departure):
    program.confirm(program.booking(departure, 2))
    order = Order.objects.get()
    for address in (
        reverse("my_orders"),
        reverse("my_order", args=[order.code]),
        reverse("manifest", args=[departure.public_id]),
    ):
        page = seller.get(address).content.decode()
        assert "Klook" in page
        assert "Anna Berg" in page


def test_a_reseller_hears_when_the_shop_cancels(program, departure, deliver_events, mailoutbox, at):
    booking = program.booking(departure, 1)
    program.confirm(booking)
    cancel_order(order=Order.objects.get(), by="seller", at=at, reason="storm")
    deliver_events()
    letters = [mail for mail in mailoutbox if mail.to == ["desk@klook.example"]]
    assert [mail.subject for mail in letters] == [f"Booking {booking['supplierReference']} was cancelled by the shop"]
    assert booking["uuid"] in letters[0].body
    assert program.get(f"/bookings/{booking['uuid']}").json()["status"] == "CANCELLED"


def test_a_reseller_does_not_hear_of_what_it_cancelled_itself(program, departure, deliver_events, mailoutbox):
    booking = program.booking(departure, 1)
    program.confirm(booking)
    program.cancel(booking)
    deliver_events()
    assert [mail for mail in mailoutbox if mail.to == ["desk@klook.example"]] == []


# ------------------------------------------------------------------ sandbox
def test_a_test_key_opens_the_sandbox_and_nothing_else(seller, at):
    secret = secret_in(seller.post(reverse("new_octo_test")))
    test = Program("octo-sandbox", secret)
    products = test.get("/products").json()
    assert [one["internalName"] for one in products] == ["Old town walk (test)", "Half a day of indigo (test)"]
    assert error(Program("mali-tours", secret).get("/supplier")) == (403, "FORBIDDEN")
    days = {
        "productId": products[0]["id"],
        "optionId": "DEFAULT",
        "localDateStart": "2026-11-23",
        "localDateEnd": "2026-12-23",
    }
    found = test.post("/availability", days).json()
    assert {one["status"] for one in found} == {"AVAILABLE", "SOLD_OUT"}
    assert sum(one["available"] for one in found) == 60
    items = [{"unitId": products[0]["options"][0]["units"][0]["id"]}]
    body = {"productId": products[0]["id"], "optionId": "DEFAULT", "availabilityId": found[0]["id"], "unitItems": items}
    assert test.post("/bookings", body).json()["testMode"] is True


def test_the_sandbox_is_no_shop_of_the_market(seller, client, at):
    seed_sandbox(at=at)
    assert client.get("/s/octo-sandbox/").status_code == 404
    assert "octo-sandbox" not in client.get(reverse("market")).content.decode()


def a_test(seller):
    page = seller.post(reverse("new_octo_test"))
    test = Program("octo-sandbox", secret_in(page))
    product = test.get("/products").json()[0]
    found = test.post(
        "/availability", {"productId": product["id"], "optionId": "DEFAULT", "localDate": "2026-11-25"}
    ).json()
    items = [{"unitId": product["options"][0]["units"][0]["id"]}]
    body = {"productId": product["id"], "optionId": "DEFAULT", "availabilityId": found[0]["id"], "unitItems": items}
    booking = test.post("/bookings", body).json()
    test.confirm(booking)
    return test, booking, page.context["reseller"]


def test_fresh_test_data_forgets_the_own_tests_and_nobody_elses(
    seller, other_shop, teammate, client_of, deliver_events, mailoutbox, at
):
    other_shop.opened_at = at
    other_shop.save()
    test, booking, mine = a_test(seller)
    others, kept, _theirs = a_test(client_of(teammate))
    assert test.get(f"/bookings/{booking['uuid']}").status_code == 200
    seller.post(reverse("forget_octo_tests", args=[mine.public_id]))
    assert error(test.get(f"/bookings/{booking['uuid']}")) == (400, "INVALID_BOOKING_UUID")
    assert others.get(f"/bookings/{kept['uuid']}").json()["status"] == "CONFIRMED"
    assert differences(at) == []
    deliver_events()
    assert mailoutbox == []


def test_seeding_again_renews_everything_and_keeps_the_keys(seller, at):
    test, _booking, _mine = a_test(seller)
    seed_sandbox(at=at)
    seed_sandbox(at=at)
    assert not Booking.objects.exists()
    assert test.get("/supplier").status_code == 200
    assert differences(at) == []


# ------------------------------------------------------------------ the page that explains
@pytest.mark.parametrize("language", ["", "/en"])
def test_everybody_can_read_how_programs_talk(client, db, language):
    page = client.get(f"{language}/octo/docs/")
    assert page.status_code == 200
    assert b"/bookings/{uuid}/confirm" in page.content


def test_the_openapi_document_has_every_operation(client, db):
    made = client.get("/octo/docs/openapi.json").json()
    found = {f"{method.upper()} {path}" for path, methods in made["paths"].items() for method in methods}
    assert found == {
        "GET /supplier", "GET /products", "GET /products/{id}", "GET /capabilities", "POST /availability",
        "POST /availability/calendar", "POST /bookings", "GET /bookings", "GET /bookings/{uuid}", "PATCH /bookings/{uuid}",
        "DELETE /bookings/{uuid}", "POST /bookings/{uuid}/confirm", "POST /bookings/{uuid}/cancel", "POST /bookings/{uuid}/extend",
    }  # fmt: skip
    assert made["servers"][0]["url"] == "http://testserver/octo/{shop}"


def test_a_program_of_the_rival_is_not_shown_the_reference_of_another(rival, program, departure, at):
    sent = reservation(departure, resellerReference="secret-trip")
    program.post("/bookings", sent)
    assert a_program(rival, at).get("/bookings?resellerReference=secret-trip").json() == []
