"""LINE's limits are kept, whatever there is to do."""

import pytest

from tourdee.core.calling import Answer
from tourdee.core.periodic import PATIENCE
from tourdee.people.models import Budget

from ..myshop import Spent
from ..myshop.pace import A_MINUTE, A_SECOND, Paced

pytestmark = pytest.mark.django_db


class Clock:
    """Stands still until somebody waits."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.25
        self.asked: list[float] = []

    def wait(self, seconds: float) -> None:
        self.now += seconds

    def ask(self, method: str, url: str, **how: object) -> Answer:
        self.asked.append(self.now)
        return Answer(200, {"url": url, **how})


@pytest.fixture
def clock() -> Clock:
    return Clock()


def paced(clock: Clock, key: str = "K") -> Paced:
    return Paced(key, clock.ask, clock=lambda: clock.now, wait=clock.wait)


def most_within(moments: list[float], seconds: float) -> int:
    """The most in any stretch of that length, wherever it begins."""
    return max(sum(first <= one < first + seconds for one in moments) for first in moments)


def test_no_second_holds_more_than_fifty_wherever_it_begins(clock):
    ask = paced(clock)
    for _number in range(120):
        ask("GET", "https://line.example/x")
    assert len(clock.asked) == 120
    assert most_within(clock.asked, 1) <= 50
    assert most_within(clock.asked, 1) >= A_SECOND


def test_a_minute_that_is_spent_ends_the_pass_and_the_next_one_goes_on(clock):
    ask = paced(clock)
    for _number in range(A_MINUTE):
        ask("GET", "https://line.example/x")
    with pytest.raises(Spent):
        ask("GET", "https://line.example/x")
    assert len(clock.asked) == A_MINUTE
    clock.wait(60)
    assert paced(clock)("GET", "https://line.example/x", raw=True).data == {
        "url": "https://line.example/x",
        "raw": True,
    }


def test_a_line_that_is_slow_ends_the_pass_after_a_turn(clock):
    ask = paced(clock)
    ask("GET", "/")
    clock.wait(PATIENCE)
    with pytest.raises(Spent):
        ask("GET", "/")
    assert paced(clock)("GET", "/").status == 200


def test_workers_count_together_and_shops_apart(clock):
    for ask in (paced(clock), paced(clock)):
        for _number in range(A_MINUTE // 2):
            ask("GET", "/")
    with pytest.raises(Spent):
        paced(clock)("GET", "/")
    assert paced(clock, key="another")("GET", "/").status == 200


def test_the_shared_count_knows_no_key(clock):
    paced(clock, key="secret-key-of-line")("GET", "/")
    rows = [str(row) for row in Budget.objects.values_list("key", "spent")]
    assert len(rows) == 2
    assert not any("secret" in row for row in rows)
