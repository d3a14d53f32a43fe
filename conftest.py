"""The cast that every test knows, and the few tools that all rooms' tests share."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db.models.signals import post_migrate
from django.test import Client
from django.utils import translation
from pytest_django import DjangoDbBlocker
from xdist.scheduler import LoadScopeScheduling

from tests import ready_database
from tourdee.core.dates import at_bangkok
from tourdee.core.tests.secret_watch import SecretWatch
from tourdee.people.models import Membership, Organisation, User
from tourdee.people.queries import needs_second_factor

WATCH = SecretWatch()
NOON = at_bangkok(datetime(2026, 11, 23).date(), 12)  # noqa: DTZ001  (only its day)


# A busy machine is no fault of what is tested.
hypothesis.settings.register_profile("tourdee", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("tourdee")

JOURNEYS, RACES = "tests/journeys/", "tests/races/"
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Journeys take longest and begin first. What touches no database says the same on every database: PostgreSQL runs only
    what does. Else the order is pytest-django's: a test of real transactions empties all tables, what migrations wrote
    included, so it comes after those that need it."""
    items.sort(key=lambda item: not item.nodeid.startswith(JOURNEYS))
    if _on_sqlite():
        return
    chosen = [item for item in items if _touches_the_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


def _touches_the_database(item: pytest.Item) -> bool:
    marked = any(item.get_closest_marker(name) for name in ("django_db", "race"))
    return marked or not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Journeys share a demo and races the machine, so each kind goes to one worker; all else test by test, in the order above.
    (xdist's own ``loadgroup`` groups nothing under pytest 9.2.)"""
    config.option.loadscopereorder = False
    return InOrder(config, log)


class InOrder(LoadScopeScheduling):
    """Journeys are one piece of work, and so are races."""

    def _split_scope(self, nodeid: str) -> str:
        return next((kind for kind in (JOURNEYS, RACES) if nodeid.startswith(kind)), nodeid)


def _on_sqlite() -> bool:
    return "sqlite" in str(django_settings.DATABASES["default"]["ENGINE"])


def _file() -> Path:
    """This worker's own."""
    configured: Any = django_settings.DATABASES["default"]["TEST"]
    return Path(configured["NAME"])


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None, django_db_use_migrations: bool) -> bool:
    """Whether the database stands ready: a copy of what these migrations made before, never of a run without them."""
    return django_db_use_migrations and _on_sqlite() and ready_database.take(_file())


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_keepdb: bool, django_db_use_migrations: bool, django_db_blocker: DjangoDbBlocker
) -> None:  # fmt: skip
    """Emptying the tables after a test of real transactions must not write content types and permissions anew, which
    nothing here asks for: that took longer than emptying them."""
    post_migrate.receivers = []
    if django_db_use_migrations and _on_sqlite() and not django_db_keepdb:
        ready_database.keep(_file())


@pytest.fixture
def at() -> datetime:
    """Now, for the tests: noon in Bangkok on 23 November 2026 (2569)."""
    return NOON


@pytest.fixture(autouse=True)
def _fresh_caches() -> Iterator[None]:
    yield
    for cache in caches.all():
        cache.clear()


@pytest.fixture(autouse=True)
def _thai_first() -> Iterator[None]:
    """A page asked for in English would leave its language to the next test."""
    with translation.override("th"):
        yield


@pytest.fixture(autouse=True)
def _no_secret_in_a_log() -> Iterator[None]:
    """Secrets of the tests are marked; a log of any test that names one fails that test."""
    WATCH.found.clear()
    yield
    assert not WATCH.found, "a secret stands in a log"


@pytest.fixture(autouse=True)
def _own_files(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"


@pytest.fixture
def office(db) -> Organisation:
    """The office that runs the programme."""
    return Organisation.objects.create(slug="dsd", kind="office", name_th="กรมพัฒนาฝีมือแรงงาน", name_en="DSD")


@pytest.fixture
def other_office(db) -> Organisation:
    """Another office, which must see nothing of the first."""
    return Organisation.objects.create(slug="other", kind="office", name_th="สำนักงานอื่น", name_en="Other office")


@pytest.fixture
def partner(db) -> Organisation:
    """The partner team that teaches."""
    return Organisation.objects.create(slug="etda-ecommerce", kind="partner", name_th="ทีม ETDA", name_en="ETDA team")


@pytest.fixture
def officer(office) -> User:
    """An officer of the office."""
    user = User.objects.create_user("officer@example.org", name="เจ้าหน้าที่ วิภา")
    Membership.objects.create(user=user, organisation=office, role="officer")
    return user


@pytest.fixture
def other_officer(other_office) -> User:
    """An officer of the other office."""
    user = User.objects.create_user("other-officer@example.org", name="เจ้าหน้าที่ อื่น")
    Membership.objects.create(user=user, organisation=other_office, role="officer")
    return user


@pytest.fixture
def instructor(partner) -> User:
    """An instructor of the partner team."""
    user = User.objects.create_user("instructor@example.org", name="วิทยากร มานะ")
    Membership.objects.create(user=user, organisation=partner, role="instructor")
    return user


@pytest.fixture
def owner(db) -> User:
    """The learner-seller whom a test is about."""
    return User.objects.create_user("owner@example.org", phone="+66812345678", name="สมหญิง ใจดี")


@pytest.fixture
def teammate(db) -> User:
    """Another learner of the same cohort."""
    return User.objects.create_user("teammate@example.org", phone="+66812345679", name="สมชาย น้ำใส")


@pytest.fixture
def stranger(db) -> User:
    """A signed-in person who has nothing to do with any of it."""
    return User.objects.create_user("stranger@example.org", name="คนแปลกหน้า")


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """``client_of(user)``: a browser in which that person is signed in, staff with their second factor."""
    from allauth.mfa.models import Authenticator

    def sign_in(user: User) -> Client:
        client = Client()
        if needs_second_factor(user):
            Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {}})
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def deliver_events(monkeypatch) -> Callable[[], None]:
    """``deliver_events()``: does what the worker does, until no task is left."""
    from django_tasks_db.management.commands import db_worker

    # The worker would close the connection, and with it the transaction in which the test lives.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)

    def run() -> None:
        db_worker.Worker(
            queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id="tests", excluded_queue_names=[],
        ).run()  # fmt: skip

    return run


def pytest_configure() -> None:
    """From the first test on every log is watched."""
    WATCH.begin()
