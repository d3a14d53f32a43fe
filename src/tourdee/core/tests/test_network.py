"""The visitor's address: the proxy's own word where there is one that is trusted, never the visitor's."""

import pytest
from django.test import RequestFactory

from tourdee.core.network import visitor_address


def asked(forwarded: str | None) -> str:
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    return visitor_address(RequestFactory(REMOTE_ADDR="10.0.0.1").get("/", headers=headers))


def test_45_without_a_trusted_proxy_nobody_names_their_own_address(settings):
    settings.TRUST_PROXY = False
    assert asked("203.0.113.9") == "10.0.0.1"


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [("203.0.113.9", "203.0.113.9"), ("1.1.1.1, 203.0.113.9", "203.0.113.9"), ("", "10.0.0.1"), (None, "10.0.0.1")],
)
def test_45_behind_a_trusted_proxy_only_its_own_word_counts(forwarded, address, settings):
    settings.TRUST_PROXY = True
    assert asked(forwarded) == address
