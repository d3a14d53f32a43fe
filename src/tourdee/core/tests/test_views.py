"""Health, public pictures, and what went wrong."""

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from tourdee.core import pictures, views
from tourdee.core.models import SignOfLife
from tourdee.core.tests.pictures_made import photo, upload


@pytest.mark.django_db
def test_health_is_200_only_while_the_worker_lives(client):
    assert (client.get("/healthz").status_code, client.get("/healthz").json()) == (
        503,
        {"web": True, "database": True, "worker": False},
    )
    SignOfLife.objects.create(name="worker", at=timezone.now())
    assert (client.get("/healthz").status_code, client.get("/healthz").json()) == (
        200,
        {"web": True, "database": True, "worker": True},
    )
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_health_is_503_when_the_database_is_gone(client, monkeypatch):
    monkeypatch.setattr(views, "_database_answers", lambda: False)
    response = client.get("/healthz")
    assert (response.status_code, response.json()["worker"]) == (503, False)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/en/market/", "/none/", "/account/login/"])
def test_every_page_loads_its_own_things_only(client, path):
    policy = dict(line.split(" ", 1) for line in client.get(path)["Content-Security-Policy"].split("; "))
    assert {policy[f"{kind}-src"] for kind in ("default", "script", "style", "font", "connect")} == {"'self'"}
    assert (policy["object-src"], policy["base-uri"], policy["frame-ancestors"]) == ("'none'", "'none'", "'none'")
    assert (policy["img-src"], policy["form-action"]) == ("'self' data: blob:", "'self'")


@pytest.mark.django_db
def test_a_public_picture_is_kept_for_a_year_and_can_run_nothing(client):
    stored = pictures.store_public(upload(photo()), "tours")
    response = client.get(pictures.picture_url(stored.path, 400))
    assert b"".join(response.streaming_content)[8:12] == b"WEBP"
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["../secret.jpg", "%2e%2e/secret.jpg", "..%2fsecret.jpg", "tours/../../secret.jpg", "/etc/passwd", "notes.txt",
     "link.jpg", "tours", "", "a%00.jpg", "A.JPG", "tours/missing-400.webp", "notes.txt/x.jpg",
     pytest.param("x" * 5000 + ".jpg", id="endless")],
)  # fmt: skip
def test_a_path_never_leads_out_of_the_public_folder(client, settings, tmp_path, path):
    settings.MEDIA_ROOT.mkdir()
    (tmp_path / "secret.jpg").write_bytes(b"CANARY")
    (settings.MEDIA_ROOT / "notes.txt").write_text("CANARY")
    (settings.MEDIA_ROOT / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    response = client.get(f"/media/{path}")
    assert response.status_code == 404
    assert b"CANARY" not in response.content


@pytest.mark.django_db
def test_a_private_picture_has_no_public_address(client, settings):
    path = pictures.store_private(upload(photo()), "slips")
    assert client.get(f"/media/{path}").status_code == 404
    assert client.get(f"/media/../private/{path}").status_code == 404


@pytest.mark.django_db
def test_what_is_not_there_says_so_in_the_language_of_the_address(client):
    for address, language in (("/no/such/page/", "th"), ("/en/no/such/page/", "en")):
        response = client.get(address)
        assert response.status_code == 404
        assert f'<html lang="{language}">' in response.content.decode()
    page = client.get("/en/no/such/page/").text
    assert "There is nothing here" in page
    assert page.split("<main", 1)[1].count('href="/en/market/"') == 2  # beside the first page, and in the footer


ERRORS = [
    (views.bad_request, 400, "The request could not be understood"),
    (views.forbidden, 403, "This page is not for you"),
    (views.not_found, 404, "There is nothing here"),
    (views.csrf_failure, 403, "This form has grown old"),
    (views.too_large, 413, "That is too much at once"),
    (views.server_error, 500, "Something broke on our side"),
]


@pytest.fixture
def request_of_nobody(client):
    """A request as the error pages get it, with the middleware's work done."""
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get("/en/x/")
    request.user = AnonymousUser()
    request.session = client.session
    request._messages = []
    return request


@pytest.mark.django_db
@pytest.mark.parametrize(("view", "status", "heading"), ERRORS)
def test_each_trouble_has_its_page(request_of_nobody, view, status, heading):
    with translation.override("en"):
        response = view(request_of_nobody)
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in response.content.decode()


@pytest.mark.django_db
def test_when_the_page_itself_is_broken_a_plain_line_is_left(request_of_nobody, monkeypatch):
    monkeypatch.setattr(views, "render", lambda *args, **kwargs: 1 / 0)
    response = views.server_error(request_of_nobody)
    assert (response.status_code, response.content.decode()) == (500, "500 · TourDee")


@pytest.mark.django_db
@pytest.mark.parametrize("gone", [OperationalError("the database system is shutting down"), InterfaceError("closed")])
def test_abuse_58_while_the_database_is_gone_everybody_is_asked_to_come_again(client, monkeypatch, gone):
    def refuse(*_args):
        raise gone

    client.raise_request_exception = False
    with connection.execute_wrapper(refuse):
        response = client.get("/en/market/")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "Nothing you paid or entered before is lost" in response.content.decode()
    monkeypatch.setattr(views, "render", refuse)  # nor can the page be made
    with connection.execute_wrapper(refuse):
        response = client.get("/en/market/")
    assert (response.status_code, response["Retry-After"], response.content) == (503, "30", b"503 \xc2\xb7 TourDee")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("size", "status"), [("5000000000", 413), ("9" * 400, 413), (str(100 * 1024 * 1024 + 1), 413), ("12", 302)]
)
def test_abuse_54_a_huge_upload_is_refused_before_it_is_read(client, size, status):
    response = client.generic(
        "POST", "/basket/", b"line=x&a=b&c", "application/x-www-form-urlencoded", CONTENT_LENGTH=size
    )
    assert (response.status_code == 413) is (status == 413)
    if status == 413:
        assert "ลองส่งทีละน้อย" in response.content.decode()


@pytest.mark.django_db
def test_abuse_54_a_form_of_a_thousand_and_one_fields_is_refused(client):
    assert client.post("/basket/", {f"f{number}": "1" for number in range(1001)}).status_code == 400


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_kindly():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/en/account/login/", {"login": "a@example.org"})
    assert response.status_code == 403
    assert "This form has grown old" in response.content.decode()


@pytest.mark.django_db
def test_a_signed_in_page_is_kept_by_no_cache(client_of, owner):
    assert client_of(owner).get("/en/no/such/page/")["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in Client().get("/en/no/such/page/")
