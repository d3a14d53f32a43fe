"""Who gets in, how often, and what is answered when something is wrong."""

import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tourdee.legal.models import Paper
from tourdee.shop.actions.opening import ShopName, name_shop
from tourdee.shop.models import Shop

from ..actions.keys import revoke_key
from ..models import Key
from ..views.door import Budget
from .conftest import Program, a_program
from .test_bookings import error

pytestmark = pytest.mark.django_db


def test_a_key_opens_the_door_of_its_shop(program, shop):
    assert program.get("/supplier").json()["id"] == shop.public_id


def test_without_a_key_nothing_opens(program, shop):
    answer = Client().get(f"/octo/{shop.slug}/supplier")
    assert error(answer) == (401, "UNAUTHORIZED")
    assert answer["WWW-Authenticate"] == 'Bearer realm="OCTO"'


@pytest.mark.parametrize("sent", ["Bearer wrong", "Bearer ", "Basic abc", "bearer\u00e9"])
def test_a_wrong_key_opens_nothing(program, shop, sent):
    answer = Client().get(f"/octo/{shop.slug}/supplier", headers={"Authorization": sent})
    assert error(answer) in {(403, "FORBIDDEN"), (401, "UNAUTHORIZED")}


def test_a_key_never_opens_another_shop(program, elsewhere, shop, other_shop):
    for ours, theirs in [(program, other_shop), (elsewhere, shop)]:
        crossed = Program(theirs.slug, "")
        crossed.headers = ours.headers
        for method, path in [
            ("GET", "/supplier"),
            ("GET", "/products"),
            ("POST", "/bookings"),
            ("GET", "/bookings?localDate=2026-11-28"),
        ]:
            assert error(crossed.send(method, path, {} if method == "POST" else None)) == (403, "FORBIDDEN")


def test_a_shop_that_is_not_there_looks_like_one_with_another_key(program):
    stray = Program("nosuchshop", "")
    stray.headers = program.headers
    assert error(stray.get("/supplier")) == (403, "FORBIDDEN")


def test_a_program_that_knows_the_shops_old_address_is_still_let_in(program, shop, owner, at):
    Shop.objects.update(opened_at=at)
    name_shop(owner=owner, name=ShopName(name_th=shop.name_th, province=50, slug="another-name"), at=at)
    assert program.get("/supplier").json()["id"] == shop.public_id


def test_a_revoked_key_opens_nothing_any_more(program, owner, at):
    revoke_key(key=Key.objects.get(), by=owner, at=at)
    assert error(program.get("/supplier")) == (403, "FORBIDDEN")


def test_without_a_licence_in_force_the_door_is_shut(program, shop, clock, at):
    Paper.objects.update(expires_on="2026-11-23")
    assert program.get("/supplier").status_code == 200
    clock(at + timedelta(days=1))
    assert error(program.get("/supplier")) == (403, "FORBIDDEN")


def test_a_closed_shop_sells_to_nobody(program, shop):
    Shop.objects.update(status=Shop.Status.CLOSED)
    assert error(program.get("/products")) == (403, "FORBIDDEN")


def test_a_key_is_nowhere_in_the_clear(program, caplog):
    secret = program.headers["Authorization"].removeprefix("Bearer ")
    key = Key.objects.get()
    assert secret not in " ".join(map(str, vars(key).values()))
    assert (len(key.digest), secret[-4:]) == (64, key.tail)
    with caplog.at_level(logging.DEBUG):
        program.get("/supplier")
        program.get("/nosuch")
    assert secret not in caplog.text


def test_the_last_use_is_kept_to_the_minute(program, at, clock):
    program.get("/supplier")
    clock(at + timedelta(seconds=59))
    program.get("/supplier")
    assert Key.objects.get().last_used_at == at
    clock(at + timedelta(seconds=60))
    program.get("/supplier")
    assert Key.objects.get().last_used_at == at + timedelta(seconds=60)


def test_a_program_that_runs_wild_is_slowed_down_and_others_are_not(program, rivals_program, settings, clock, at):
    settings.OCTO_REQUESTS_PER_MINUTE = 3
    assert [program.get("/supplier").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    slowed = program.get("/supplier")
    assert (error(slowed), slowed["Retry-After"]) == ((429, "TOO_MANY_REQUESTS"), "10")
    assert rivals_program.get("/supplier").status_code == 200
    clock(at + timedelta(minutes=1))
    assert [program.get("/supplier").status_code for _ in range(4)] == [200, 200, 200, 429]


def test_all_processes_together_let_no_more_through_than_the_limit(settings, db, at):
    settings.OCTO_REQUESTS_PER_MINUTE = 100
    processes = [Budget() for _ in range(3)]
    let_through = sum(process.allows(7, at) for _ in range(60) for process in processes)
    assert let_through == 100
    later = at + timedelta(minutes=1)
    assert [process.allows(7, later) for process in processes] == [True, True, True]


@pytest.mark.parametrize(("most", "writes"), [(1200, 1), (20, 20)])
def test_a_process_draws_a_share_at_once_and_a_refusal_costs_no_question(
    settings, at, most, writes, django_assert_num_queries
):
    settings.OCTO_REQUESTS_PER_MINUTE = most
    process = Budget()
    with CaptureQueriesContext(connection) as asked:
        assert all(process.allows(7, at) for _ in range(20))
    assert sum(query["sql"].startswith("UPDATE") for query in asked) == writes
    for _ in range(most):
        process.allows(7, at)
    with django_assert_num_queries(0):
        assert not process.allows(7, at)


# ------------------------------------------------------------------ headers
@pytest.mark.parametrize(
    ("sent", "echoed"),
    [
        ("octo/pricing", "octo/pricing"), ("pricing", "pricing"), (" octo/pricing , content ", "octo/pricing, content"),
        ("OCTO/Content", "OCTO/Content"), ("octo/cart", ""), ("", ""), (",,", ""),
    ],
)  # fmt: skip
def test_capabilities_are_said_back_as_they_were_spelled(program, sent, echoed):
    answer = program.get("/supplier", Octo_Capabilities=sent)
    assert answer["Octo-Capabilities"] == echoed
    assert answer["Content-Type"] == "application/json"


def test_capabilities_may_be_missing_or_stand_in_the_address(program):
    assert program.get("/supplier")["Octo-Capabilities"] == ""
    assert program.get("/products?_capabilities=octo/pricing")["Octo-Capabilities"] == "octo/pricing"


@pytest.mark.parametrize(
    ("wanted", "given"), [("th-TH,th;q=0.9", "th"), ("en-GB", "en"), ("de, th;q=0.5", "th"), ("de", "en"), ("", "en")]
)
def test_content_comes_in_the_callers_language(program, tour, wanted, given):
    answer = program.get("/products", Accept_Language=wanted, Octo_Capabilities="octo/content")
    assert (answer["Content-Language"], answer["Available-Languages"]) == (given, "th, en")
    assert answer.json()[0]["title"] == {"th": "เดินเมืองเก่าเชียงใหม่", "en": "Old town walk"}[given]


def test_refusals_speak_the_callers_language_too(program):
    said = [program.get("/products/x", Accept_Language=language).json()["errorMessage"] for language in ("en", "th")]
    assert said == ["The productId was missing or is not one of this shop's.", "ไม่มี productId หรือไม่ใช่สินค้าของร้านนี้"]


# ------------------------------------------------------------------ what is no operation
@pytest.mark.parametrize("path", ["", "/", "/nosuch", "/bookings/a/b/c", "/products/", "/suppliers/1"])
def test_an_unknown_address_is_answered_in_json(program, path):
    answer = program.get(path)
    assert (error(answer), answer["Content-Type"]) == ((404, "NOT_FOUND"), "application/json")


def test_a_wrong_method_is_answered_in_json(program):
    answer = program.post("/supplier", {})
    assert (error(answer), answer["Allow"]) == ((405, "METHOD_NOT_ALLOWED"), "GET")


def test_our_own_mistake_is_answered_in_json_and_written_down(program, monkeypatch, caplog):
    def breaks(*_args):
        raise RuntimeError("a secret reason")

    monkeypatch.setattr("tourdee.channels.octo.queries.products.supplier", breaks)
    answer = program.get("/supplier")
    assert error(answer) == (500, "INTERNAL_SERVER_ERROR")
    assert b"secret" not in answer.content
    assert "a secret reason" in caplog.text


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "7", '"x"', "null", '{"a": NaN}', "\ufeff{}", '{"productId": "\\ud800"}']
)
def test_a_body_that_is_none_is_refused(program, body):
    answer = program.client.generic(
        "POST", f"{program.base}/bookings", body, "application/json", headers=program.headers
    )  # fmt: skip
    assert answer.status_code == 400
    assert answer.json()["error"] in {"BAD_REQUEST", "INVALID_PRODUCT_ID"}


def test_a_body_without_end_is_refused(program, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert error(program.post("/bookings", {"notes": 1001 * "x"})) == (413, "BAD_REQUEST")


def test_no_language_or_slash_is_added_to_an_address(program):
    assert program.client.get("/en/octo/mali-tours/supplier").status_code == 404
    assert program.get("/supplier/").status_code == 404


def test_a_form_of_another_page_cannot_book(program, departure):
    """There are no cookies here, so nothing that a browser sends by itself opens anything."""
    answer = Client(enforce_csrf_checks=True).post(f"{program.base}/bookings", {"productId": departure.tour.public_id})
    assert error(answer) == (401, "UNAUTHORIZED")


def test_a_key_made_for_another_reseller_of_the_shop_is_its_own(rival, program, departure, at):
    booking = program.booking(departure)
    assert error(a_program(rival, at).get(f"/bookings/{booking['uuid']}")) == (400, "INVALID_BOOKING_UUID")
