"""The form that payment and slip codes share (EMVCo): two digits of id, two of length, then the value; at the end a
checksum, CRC-16/CCITT-FALSE, over everything before it and its own id and length."""

import binascii

LONGEST = 512  # a QR code of these kinds has 60 to 200 characters


class NotTlv(ValueError):
    """The text is not of this form, or its checksum is wrong."""


def field(tag: str, value: str) -> str:
    """One field. Raises ValueError for a value of 100 characters or more, which the form cannot express."""
    if not len(value) <= 99:
        raise ValueError(f"field {tag} is too long")
    return f"{tag}{len(value):02d}{value}"


def crc(text: str) -> str:
    """The checksum, four upper-case hexadecimal digits."""
    return f"{binascii.crc_hqx(text.encode('ascii'), 0xFFFF):04X}"


def sealed(text: str, tag: str) -> str:
    """The text with its checksum under that tag (63 in payment codes, 91 in slips)."""
    start = f"{text}{tag}04"
    return start + crc(start)


def fields(text: str) -> dict[str, str]:
    """The fields in their order. Raises NotTlv for wrong lengths, foreign characters or a field that comes twice."""
    if not text or len(text) > LONGEST or not text.isascii():
        raise NotTlv("not such a code")
    found: dict[str, str] = {}
    place = 0
    while place < len(text):
        head = text[place : place + 4]
        if len(head) < 4 or not head.isdigit():
            raise NotTlv(f"no field at {place}")
        tag, length = head[:2], int(head[2:])
        value = text[place + 4 : place + 4 + length]
        if len(value) < length or tag in found:
            raise NotTlv(f"field {tag} is cut off or comes twice")
        found[tag] = value
        place += 4 + length
    return found


def opened(text: str, tag: str) -> dict[str, str]:
    """The fields of a code whose last field, ``tag``, is a right checksum. Raises NotTlv.

    Some bank apps drop the leading zeros of the checksum; lower case is seen too. Both are taken.
    """
    start, mark, checksum = text.rpartition(f"{tag}04")
    if not mark or not 1 <= len(checksum) <= 4 or not text.isascii():
        raise NotTlv("no checksum")
    if crc(start + mark) != checksum.upper().zfill(4):
        raise NotTlv("wrong checksum")
    return fields(start)
