import pytest
from hypothesis import given
from hypothesis import strategies as st

from tourdee.people.addresses import Address, BadAddress, address_of, read_address


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("Somying@Example.ORG", "email", "somying@example.org"),
        ("  a.b+c@example.co.th ", "email", "a.b+c@example.co.th"),
        ("ａ＠example.org", "email", "a@example.org"),
        ("\u200ba@example.org", "email", "a@example.org"),
        ("081-234-5678", "phone", "+66812345678"),
        ("+66 81 234 5678", "phone", "+66812345678"),
        ("๐๘๑๒๓๔๕๖๗๘", "phone", "+66812345678"),
        ("+856 20 23 123 456", "phone", "+8562023123456"),
    ],
)
def test_what_people_type_is_understood(typed, kind, value):
    assert read_address(typed) == Address(kind, value)


@pytest.mark.parametrize(
    "typed",
    ["", "@", "a@", "a@b", "สมหญิง", "12", "a b@example.org", "a@example.org,b@example.org", "x" * 400 + "@example.org"],
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(BadAddress):
        read_address(typed)


@given(st.text(max_size=300))
def test_nothing_that_is_typed_breaks_it(typed):
    try:
        address = read_address(typed)
    except BadAddress:
        return
    assert address_of(address.value) == address
    assert str(address)


def test_addresses_are_shown_as_people_write_them():
    assert str(Address("phone", "+66812345678")) == "081 234 5678"
    assert str(Address("phone", "+12025550123")) == "+1 202-555-0123"
    assert str(Address("email", "a@example.org")) == "a@example.org"
