"""Secret links keep four signs in a log; what is no secret stays readable."""

import logging

import pytest
from django.test import Client

from ..ids import public_id, secret_token
from ..logs import masked
from .secret_watch import SecretWatch


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("/o/h3Kd8sPqLmZx72_vYtRw4-AbCdEfGh12/pay/", "/o/h3Kd…/pay/"),
        ("/en/o/h3Kd8sPqLmZx72_vYtRw4-AbCdEfGh12/", "/en/o/h3Kd…/"),
        ("/calendar/h3Kd8sPqLmZx72_vYtRw4-AbCdEfGh12.ics", "/calendar/h3Kd….ics"),
        ("/p/abc2345/", "/p/abc2…/"),
        ("GET /o/h3Kd8sPqLmZx72_vYtRw4-AbCdEfGh12 HTTP/1.1", "GET /o/h3Kd… HTTP/1.1"),
        (
            'File "/app/shop/actions/cancelled_departures.py", line 7',
            'File "/app/shop/actions/cancelled_departures.py", line 7',
        ),
        ("/t/qz7uttymayjh7bj4/", "/t/qz7uttymayjh7bj4/"),
        ("/my/line/news/qz7uttymayjh7bj4/edit/", "/my/line/news/qz7uttymayjh7bj4/edit/"),
    ],
)
def test_the_secret_part_is_cut(address, wanted):
    assert masked(address) == wanted


def test_a_secret_is_longer_than_a_public_id():
    for _each in range(20):
        assert masked(f"/x/{public_id()}/") != masked(f"/x/{secret_token()}/")
        assert "…" in masked(f"/x/{secret_token()}/")
        assert "…" not in masked(f"/x/{public_id()}/")


def test_a_page_that_is_not_found_does_not_tell_the_link(db, caplog):
    secret = secret_token()
    assert Client().get(f"/o/{secret}/").status_code == 404
    assert caplog.messages == [f"Not Found: /o/{secret[:4]}…/"]


def test_a_form_without_its_token_does_not_tell_the_link(db, caplog):
    secret = secret_token()
    assert Client(enforce_csrf_checks=True).post(f"/o/{secret}/").status_code == 403
    assert caplog.messages == [f"Forbidden (CSRF cookie not set.): /o/{secret[:4]}…/"]


def test_a_marked_secret_is_seen_wherever_it_stands_in_a_log():
    watch = SecretWatch()
    watch.handle(logging.makeLogRecord({"name": "a", "msg": "Key %s", "args": ("canary-1",)}))
    try:
        raise ValueError("canary-2")
    except ValueError as problem:
        told = (type(problem), problem, problem.__traceback__)
    watch.handle(logging.makeLogRecord({"name": "b", "msg": "no", "exc_info": told}))
    watch.handle(logging.makeLogRecord({"name": "c", "msg": "nothing"}))
    assert [one.split(":")[0] for one in watch.found] == ["a", "b"]
