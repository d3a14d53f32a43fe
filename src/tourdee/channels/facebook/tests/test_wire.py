"""What goes over the wire to Facebook, as bytes: the parts of a picture, and no key in an address."""

import json
from email import message_from_bytes

import pytest

from tourdee.core import calling

from ..graph import Graph


@pytest.fixture
def wire(monkeypatch) -> list:
    """Requests that would have gone out; each is answered with an id."""
    sent = []

    def exchanged(request, *, most):
        sent.append(request)
        return 200, json.dumps({"id": "77"}).encode(), {}

    monkeypatch.setattr(calling, "_exchanged", exchanged)
    return sent


def test_a_picture_travels_as_a_part_beside_the_field_that_keeps_it_unseen(wire):
    assert Graph("TOKEN", "SECRET", calling.ask).add_photo("123", b"\xff\xd8\xff\r\n--") == "77"
    [request] = wire
    kind = request.get_header("Content-type")
    whole = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + request.data)
    field, source = list(whole.walk())[1:]
    assert (field.get_payload(), source.get_payload(decode=True)) == ("false", b"\xff\xd8\xff\r\n--")
    assert (source.get_param("name", header="content-disposition"), source.get_content_type()) == (
        "source",
        "image/jpeg",
    )


def test_the_token_stands_in_a_header_and_in_no_address(wire):
    graph = Graph("TOKEN", "SECRET", calling.ask)
    graph.add_photo("123", b"")
    graph.add_post("123", text="ก", photos=["77"])
    assert all("TOKEN" not in one.full_url and "SECRET" not in one.full_url for one in wire)
    assert {one.get_header("Authorization") for one in wire} == {"Bearer TOKEN"}
    assert wire[1].data == b"message=%E0%B8%81&attached_media%5B0%5D=%7B%22media_fbid%22%3A%2277%22%7D"
