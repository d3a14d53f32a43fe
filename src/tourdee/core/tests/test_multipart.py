"""Bodies with files: what another program reads out of them is what we put in."""

from email import message_from_bytes
from email.message import Message

from ..multipart import Upload, multipart


def read(body: bytes, kind: str) -> list[Message]:
    """The parts, by a reader that is not ours."""
    whole = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    return list(whole.walk())[1:]


def test_fields_and_files_come_out_as_they_went_in():
    content = bytes(range(256)) * 3 + b"\r\n--tourdee-"
    body, kind = multipart(
        {"published": "false", "caption": "ล่องใต้"}, {"source": Upload("1.jpg", "image/jpeg", content)}
    )
    first, second, third = read(body, kind)
    assert (first.get_param("name", header="content-disposition"), first.get_payload(decode=True)) == (
        "published",
        b"false",
    )
    assert second.get_payload(decode=True) == "ล่องใต้".encode()
    assert (third.get_filename(), third.get_content_type(), third.get_payload(decode=True)) == (
        "1.jpg",
        "image/jpeg",
        content,
    )


def test_a_name_cannot_end_its_line_and_begin_a_header():
    body, _kind = multipart({}, {"source": Upload('a"\r\nX-Evil: 1', "image/jpeg", b"")})
    assert b'filename="a%22%0D%0AX-Evil: 1"' in body
    assert b"\r\nX-Evil" not in body


def test_every_body_has_a_boundary_of_its_own():
    assert len({multipart({"a": "1"}, {})[1] for _time in range(5)}) == 5
