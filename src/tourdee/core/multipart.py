"""A body of fields and files, ``multipart/form-data`` (RFC 7578), as far as a picture beside a few fields needs it."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

ESCAPED = {ord('"'): "%22", ord("\r"): "%0D", ord("\n"): "%0A"}  # as browsers write names


@dataclass(frozen=True)
class Upload:
    """A file that is handed over. ``kind`` is its media type."""

    name: str
    kind: str
    content: bytes


def multipart(form: Mapping[str, str], files: Mapping[str, Upload]) -> tuple[bytes, str]:
    """The body, and the content type that names its boundary. The boundary is random: no content can contain it on purpose."""
    boundary = f"tourdee-{secrets.token_hex(16)}"
    rule = f"--{boundary}\r\n".encode()
    body = b"".join(rule + part + b"\r\n" for part in _parts(form, files))
    return body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def _parts(form: Mapping[str, str], files: Mapping[str, Upload]) -> Iterator[bytes]:
    for name, value in form.items():
        yield f"{_called(name)}\r\n\r\n{value}".encode()
    for name, file in files.items():
        head = f'{_called(name)}; filename="{_safe(file.name)}"\r\nContent-Type: {file.kind}\r\n\r\n'
        yield head.encode() + file.content


def _called(name: str) -> str:
    return f'Content-Disposition: form-data; name="{_safe(name)}"'


def _safe(name: str) -> str:
    return name.translate(ESCAPED)
