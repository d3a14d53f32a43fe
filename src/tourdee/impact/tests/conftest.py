"""What the tests of this room share: a clock that stands still, and a cohort that can be counted by hand."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone

from tourdee.people.models import Organisation, User

from ..queries import Report, report, scope_from, scopes_seen_by
from .factories import Small, make_small_cohort


@pytest.fixture(autouse=True)
def _clock(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """The views' clock stands at noon of the tests' day."""
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def small(office: Organisation, officer: User) -> Small:
    """Six learners, four of them passed, four orders, ฿5,200."""
    return make_small_cohort(office, officer)


@pytest.fixture
def results(officer: User, at: datetime) -> Callable[[str], Report]:
    """``results("cohort:…")``: the report that the officer sees."""

    def ask(key: str) -> Report:
        scope = scope_from(scopes_seen_by(officer), key)
        assert scope is not None
        return report(scope, at)

    return ask
