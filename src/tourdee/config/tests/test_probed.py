"""Abuse 61: what a scanner asks for is not there, and an error tells nothing of the inside."""

import pytest

PROBED = (
    ".env", ".git/config", ".git/HEAD", ".svn/entries", ".htaccess", ".DS_Store", "admin/", "admin/login/", "django-admin/", "metrics",
    "debug/", "__debug__/", "server-status", "phpinfo.php", "wp-login.php", "actuator/env", "config.py", "settings.py~", "settings.py.bak",
    "backup.zip", "dump.sql", "db.sqlite3", "tourdee.sqlite3", "requirements.txt", "pyproject.toml", "static/app.js.map",
    "media/../tourdee.sqlite3", "media/..%2ftourdee.sqlite3", "media/%2e%2e/%2e%2e/etc/passwd", "media//etc/passwd",
    "static/../settings.py",
)  # fmt: skip
INSIDE = ("Traceback", "urlpatterns", "URLconf", "DEBUG", "SECRET", "/site-packages", "tourdee.config")


def tells(body: str) -> list[str]:
    return [word for word in INSIDE if word in body]


@pytest.mark.django_db
def test_abuse_61_what_scanners_look_for_is_not_there(client, settings):
    settings.DEBUG = False
    for path in PROBED:
        answer = client.get(f"/{path}", follow=True)
        assert (path, answer.status_code) == (path, 404)
        assert (path, tells(answer.content.decode())) == (path, [])


@pytest.mark.django_db
def test_abuse_61_an_error_tells_nothing_of_the_inside(client, settings, monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError("SECRET of tourdee.config")

    settings.DEBUG = False
    client.raise_request_exception = False
    monkeypatch.setattr("django.core.handlers.base.BaseHandler.resolve_request", broken)
    answer = client.get("/")
    assert (answer.status_code, tells(answer.content.decode())) == (500, [])


@pytest.mark.django_db
def test_abuse_61_control_the_same_error_tells_everything_where_it_is_debugged(client, settings, monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError("tourdee.config")

    settings.DEBUG = True
    client.raise_request_exception = False
    monkeypatch.setattr("django.core.handlers.base.BaseHandler.resolve_request", broken)
    assert "Traceback" in tells(client.get("/").content.decode())
