"""A gateway that does not die with us."""

from copy import deepcopy
from typing import Any

import pytest

from tourdee.shop.payment_methods.gateways import play


class Gateway:
    """The books of the one that is played."""

    def __init__(self) -> None:
        self.rows: dict[str, Any] = {}

    def get(self, key: str) -> Any:
        return deepcopy(self.rows.get(key))

    def set(self, key: str, row: Any, _seconds: int) -> None:
        self.rows[key] = deepcopy(row)


@pytest.fixture
def gateway(monkeypatch) -> Gateway:
    books = Gateway()
    monkeypatch.setattr(play, "caches", {"default": books})
    return books
