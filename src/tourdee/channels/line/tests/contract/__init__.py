"""LINE's published contract, held against every call that the tests make: the address, the key, headers, the body, the answer.

``line-openapi.json`` is the part of the contract that we use (docs/vendored.md). What it leaves open in messages stands in
``flex``; lengths and bytes are checked by ``limits``, and what time does is played by the twin.
"""

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from tourdee.core.calling import Exchanged

from .flex import problems_of_messages

DOCUMENT = Path(__file__).parent / "line-openapi.json"
Exchange = Callable[..., Exchanged]


class Broken(AssertionError):
    """A call or an answer that the contract does not allow."""


def checked(exchange: Exchange) -> Exchange:
    """The same exchange; a call or an answer against the contract raises Broken."""

    def held(method: str, url: str, *, headers: Mapping[str, str], data: bytes | None = None, **more: Any) -> Exchanged:
        operation = _operation(method, url)
        check_call(operation, headers, data)
        status, content, told = exchange(method, url, headers=headers, data=data, **more)
        _check_answer(operation, status, content)
        return status, content, told

    return held


def problems_of_body(method: str, path: str, body: Any) -> list[str]:
    """What the contract says against a JSON body."""
    return _problems(_json_schema(_operation(method, f"https://api.line.me{path}")["requestBody"]), body)


@lru_cache
def document() -> dict[str, Any]:
    """The contract."""
    return dict(json.loads(DOCUMENT.read_text(encoding="utf-8")))


def _operation(method: str, url: str) -> dict[str, Any]:
    host, path = re.fullmatch(r"(https://[^/]+)(/[^?]*)(?:\?.*)?", url).groups()  # type: ignore[union-attr]  # our own addresses all match
    for known, item in document()["paths"].items():
        if method.lower() in item and re.fullmatch(re.sub(r"\{\w+\}", r"[^/]+", known), path):
            operation = item[method.lower()]
            servers = operation.get("servers") or item.get("servers") or document()["servers"]
            if host not in [one["url"] for one in servers]:
                raise Broken(f"{method} {path} belongs to {servers[0]['url']}")
            return dict(operation)
    raise Broken(f"the contract has no {method} {path}")


def operations() -> set[str]:
    """The names of all operations that stand in it."""
    return {
        one["operationId"] for item in document()["paths"].values() for one in item.values() if "operationId" in one
    }


def operation_of(method: str, url: str) -> str:
    """The name of the operation that a call is. Raises Broken."""
    return str(_operation(method, url)["operationId"])


def check_call(operation: Mapping[str, Any], headers: Mapping[str, str], data: bytes | None) -> None:
    """The key, the headers that the operation knows, the body."""
    if not re.fullmatch(r"Bearer \S+", headers.get("Authorization", "")):
        raise Broken("no key")
    known = {one["name"]: one["schema"] for one in operation.get("parameters", []) if one["in"] == "header"}
    for name in set(headers) - {"Authorization", "Content-Type"}:
        if name not in known or _problems(known[name], headers[name]):
            raise Broken(f"the header {name} does not belong here")
    if wanted := operation.get("requestBody"):
        _check_body(wanted, headers, data)
    elif data:
        raise Broken("no body is wanted")


def _check_body(wanted: Mapping[str, Any], headers: Mapping[str, str], data: bytes | None) -> None:
    if data is None:
        if wanted.get("required"):
            raise Broken("a body is wanted")
        return
    kind = headers.get("Content-Type", "")
    if kind not in wanted["content"] and "*/*" not in wanted["content"]:
        raise Broken(f"a body of {list(wanted['content'])} is wanted, not {kind!r}")
    if kind != "application/json":
        return
    body = json.loads(data)
    if found := _problems(_json_schema(wanted), body) or problems_of_messages(body.get("messages", [])):
        raise Broken("; ".join(found))


def _check_answer(operation: Mapping[str, Any], status: int, content: bytes) -> None:
    """The twin must not promise what LINE does not."""
    answer = operation["responses"].get(str(status))
    if answer is None:
        if status < 400:
            raise Broken(f"the contract knows no answer {status}")
        return
    schema = _json_schema(answer)
    if schema and (found := _problems(schema, json.loads(content))):
        raise Broken(f"answer {status}: " + "; ".join(found))


def _json_schema(part: Mapping[str, Any]) -> Any:
    return part.get("content", {}).get("application/json", {}).get("schema")


def _problems(schema: Any, thing: Any) -> list[str]:
    found = _validator(json.dumps(schema, sort_keys=True)).iter_errors(thing)
    return [f"{'.'.join(map(str, one.instance_path))} {one.message}" for one in found]


@lru_cache(maxsize=64)
def _validator(schema: str) -> Any:
    whole = {"allOf": [json.loads(schema)], "components": document()["components"]}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
