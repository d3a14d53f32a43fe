"""Every secret that the site keeps is planted here, and then looked for: in each page that each person can reach, each export, each
letter, each log down to DEBUG, each failed task, while every outside service answers with errors."""

import io
import json
import logging
import re
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import Resolver404, get_resolver, resolve
from django_tasks_db.models import DBTaskResult

from tourdee.channels.facebook.actions.pages import keep_keys
from tourdee.channels.line.actions.connecting import connect as connect_line
from tourdee.channels.marketplaces.actions.myshop import connect as connect_myshop
from tourdee.channels.octo.actions.keys import add_reseller, make_key
from tourdee.core import pdf, periodic
from tourdee.core.tests.secret_watch import HEX
from tourdee.inbox.actions import receive_message, write_message
from tourdee.people.models import User
from tourdee.shop.actions.calendars import add_calendar, feed_for
from tourdee.shop.actions.money import record_manual_payment
from tourdee.shop.actions.money_services import connect
from tourdee.shop.actions.slips import receive_slip
from tourdee.shop.models import Order
from tourdee.shop.tests.factories import (
    a_departure,
    a_product,
    a_shop,
    a_slip,
    a_tour,
    an_order,
    goods,
    in_days,
    seats,
)

KEYS = {
    "opn": {"secret_key": "skey_canary_opn", "webhook_secret": "Y2FuYXJ5LW9wbg=="},
    "stripe": {"secret_key": "sk_canary_stripe", "webhook_secret": "whsec_canary_stripe"},
    "slipok": {"branch": "12345", "api_key": "canary-slipok"},
    "easyslip": {"token": "canary-easyslip"},
    "slip2go": {"api_secret": "canary-slip2go"},
}
SLIPS = ("slipok", "easyslip", "slip2go")
HIDDEN = (  # shown to nobody after they were typed
    HEX, "canary-line-token", "canary-page-token", "canary-page-secret", "canary-myshop", "canary-ical", "canary-opn",
    "skey_canary_opn", "Y2FuYXJ5LW9wbg", "sk_canary_stripe", "whsec_canary_stripe", "canary-slipok", "canary-easyslip",
    "canary-slip2go", "canary-sms", "canary-smtp", "canary-login",
)  # fmt: skip
HOSTS = {
    "api.line.me", "graph.facebook.com", "developers-oaplus.line.biz", "api.omise.co", "api.stripe.com", "api.slipok.com",
    "developer.easyslip.com", "connect.slip2go.com",
}  # fmt: skip
MOST_PAGES = 400  # of one person: an end for a circle of links
LINK = re.compile(rb'(?:href|src|action|hx-get)="(/[^"#]*)')
LEAVES_OUT = re.compile(r"/(static|media)/|logout|/demo/")


@pytest.fixture
def records() -> Iterator[io.StringIO]:
    """Everything that is logged, down to DEBUG, as the site's own handler writes it."""
    root, written = logging.getLogger(), io.StringIO()
    console = next(one for one in root.handlers if type(one) is logging.StreamHandler)
    stream, level = console.setStream(written), root.level
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(level)
    console.setStream(stream)


@pytest.fixture
def papers(monkeypatch) -> dict[str, str]:
    """All that is handed to a PDF or a printed picture: the finished file is packed, and would show nothing."""
    told: dict[str, str] = {}
    make = pdf._compile

    def noted(template, data, files, **options):
        parts = [json.dumps(data, default=str, ensure_ascii=False), *((files or {}).values())]
        told[f"paper {len(told)}: {template.stem}"] = "\n".join(str(part) for part in parts)
        return make(template, data, files, **options)

    monkeypatch.setattr(pdf, "_compile", noted)
    return told


@dataclass(frozen=True)
class World:
    """``hidden`` is shown to nobody; ``opens`` are secret addresses, which stand on pages but in no log."""

    order: Order
    hidden: tuple[str, ...]
    opens: tuple[str, ...]


@pytest.fixture
def world(owner, at, settings, monkeypatch):
    """A shop with everything connected, all services live, each of their secrets marked."""
    settings.CHANNEL_SERVICES = settings.MONEY_SERVICES = "live"
    settings.SITE_URL = "https://tourdee.example"
    settings.SMS_URL, settings.SMS_TOKEN, settings.EMAIL_HOST_PASSWORD = (
        "https://sms.example/",
        "canary-sms",
        "canary-smtp",
    )
    for service in settings.SOCIALACCOUNT_PROVIDERS.values():
        for app in service.get("APPS", []):
            app["secret"] = "canary-login"
    shop = a_shop(owner, slug="mali")
    departure = a_departure(a_tour(shop), starts_at=in_days(at, 5))
    order = an_order(shop, seats(departure), at=at)
    paid = an_order(shop, goods(a_product(shop)), at=at)
    record_manual_payment(order=paid, by=owner, satang=paid.total_satang, reference="1", at=at)
    connect_line(shop=shop, channel_id="1234567890", secret=HEX, token="canary-line-token" * 8, by=owner, at=at)
    keep_keys(shop=shop, token="canary-page-token", app_secret="canary-page-secret", by=owner, at=at)
    connect_myshop(shop=shop, key="canary-myshop-key", by=owner, at=at)
    for service in ("opn", "stripe"):
        connect(business=shop.business, service=service, keys=KEYS[service], by=owner, at=at)
    add_calendar(
        shop=shop, resource=None, name="ปฏิทินของฉัน", url="https://calendar.example/canary-ical/basic.ics", at=at
    )
    talk = receive_message(
        shop=shop, channel="line", contact="U1", name="นก", outside_id="1", text="ว่างไหม", at=at
    ).conversation
    write_message(conversation=talk, author=owner, text="ว่างค่ะ", key="k", at=at)
    receive_slip(order=order, upload=a_slip(), at=at)
    reseller = add_reseller(shop=shop, name="Klook", email="desk@klook.example", commission_percent=20, by=owner, at=at)
    key = make_key(reseller=reseller, by=owner, at=at).secret
    return World(order, (*HIDDEN, key), (order.secret, paid.secret, feed_for(shop=shop, language="th").token))


# ------------------------------------------------------------------ what is done
ANSWERS = (401, 429, 500, None)


def everything_fails(monkeypatch, status: int | None) -> list[str]:
    """Each service answers with this status, or not at all. Returns the hosts that were called."""
    called: list[str] = []

    def answer(_self, request, data=None, timeout=0):
        called.append(urlsplit(request.full_url).hostname or "")
        if status is None:
            raise urllib.error.URLError("timed out")
        raise urllib.error.HTTPError(request.full_url, status, "no", Message(), io.BytesIO(b'{"message": "no"}'))

    monkeypatch.setattr(urllib.request.OpenerDirector, "open", answer)
    return called


def codes_asked_for(owner: User) -> list[str]:
    """Somebody signs in: the codes that went out by letter and by SMS."""
    for address in (owner.email, owner.phone):
        Client().post("/account/login/", {"address": address})
    return re.findall(r"^    (\d{6})$", "\n".join(one.body for one in mail.outbox), re.MULTILINE)


def addresses(patterns=None, before: str = "/") -> Iterator[str]:
    """All addresses that need nothing to be named."""
    for one in patterns or get_resolver().url_patterns:
        if "<" in str(one.pattern) or "(?P" in str(one.pattern):
            continue
        here = before + str(one.pattern).lstrip("^/").removesuffix("$").removesuffix("\\Z")
        if hasattr(one, "url_patterns"):
            yield from addresses(one.url_patterns, here)
        else:
            yield here


def text_of(answer) -> str:
    """The body, with the parts of a zip or XLSX file."""
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if whole.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(whole)) as packed:
            whole = b"\n".join(packed.read(name) for name in packed.namelist())
    return whole.decode("utf-8", "replace")


def walked(client: Client, *starts: str) -> dict[str, str]:
    """By the name of its address: each kind of page that is reached by links, once."""
    waiting, found = list(starts), {}
    while waiting and len(found) < MOST_PAGES:
        address = waiting.pop(0)
        name = _name(address)
        if name in found or LEAVES_OUT.search(address):
            continue
        answer = client.get(address)
        if answer.status_code in (301, 302):
            waiting.append(urlsplit(answer["Location"]).path)
        found[name] = text_of(answer)
        if answer.status_code == 200:
            waiting += [link.decode().replace("&amp;", "&") for link in LINK.findall(found[name].encode())]
    return found


def _name(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return "404"


def leaks(secrets, where: dict[str, str]) -> list[str]:
    return [f"{secret} in {name}" for name, text in where.items() for secret in secrets if secret in text]


# ------------------------------------------------------------------ the walk
def test_no_planted_secret_stands_in_a_page_an_export_a_letter_a_log_or_an_error(
    world, owner, officer, stranger, at, client_of, records, papers, monkeypatch, deliver_events
):
    host = User.objects.create_user("host@example.org", name="ผู้ดูแล", is_host=True)
    hosts: set[str] = set()
    for minutes, status in enumerate(ANSWERS):
        slips = SLIPS[minutes % len(SLIPS)]  # one at a time
        connect(business=world.order.seller, service=slips, keys=KEYS[slips], by=owner, at=at)
        called = everything_fails(monkeypatch, status)
        deliver_events()
        for job in periodic._jobs.values():
            job.work(in_days(at, minutes))
        hosts |= set(called)
    assert hosts >= HOSTS
    codes = codes_asked_for(owner)
    pages: dict[str, str] = {}
    for person, client in {
        "guest": Client(), "owner": client_of(owner), "stranger": client_of(stranger), "officer": client_of(officer),
        "host": client_of(host),
    }.items():  # fmt: skip
        seen = walked(
            client,
            *addresses(),
            f"/o/{world.order.secret}/",
            f"/o/{world.order.secret}/nothing/",
            "/my/parcels/labels-a6.pdf",
        )
        pages |= {f"{person}: {name}": text for name, text in seen.items()}
    letters = {f"letter {number}": f"{one.subject}\n{one.body}" for number, one in enumerate(mail.outbox)}
    failed = {f"task {task.pk}": f"{task.exception_class_path} {task.traceback}" for task in DBTaskResult.objects.all()}
    Client(enforce_csrf_checks=True).post(f"/o/{world.order.secret}/pay/")  # without the form's token
    logs = {f"log {number}": line for number, line in enumerate(records.getvalue().splitlines())}
    assert any(" django.security.csrf Forbidden " in line for line in logs.values())
    assert {"receipt", "manifest", "labels", "packing_list"} <= {name.split(": ")[1] for name in papers}
    assert leaks(world.hidden, pages | papers | letters | failed | logs) == []
    assert leaks([*world.opens, *codes], logs) == []
    assert len(pages) > 400
    assert world.order.code in pages["owner: my_orders"]  # the walk does see what is shown
