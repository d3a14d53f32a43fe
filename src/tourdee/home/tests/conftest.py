"""What the tests of this room share."""

from datetime import datetime

import pytest
from django.utils import timezone

from tourdee.core import pagecache


@pytest.fixture
def clock(at: datetime, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The views' clock stands at noon of the tests' day."""
    monkeypatch.setattr(timezone, "now", lambda: at)
    pagecache.pages.clear()
    return at
