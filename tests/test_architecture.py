"""What import-linter cannot see: doors, string foreign keys, template includes, listeners that load.

The order of the rooms is read from pyproject.toml, its only place.
"""

import ast
import re
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "tourdee"
DOORS = {"models", "queries", "actions"}
OPEN_ROOMS = {"core", "events"}  # every room may use anything of these


def order_of_rooms() -> list[set[str]]:
    """The layers, upstream first; siblings stand in one set."""
    return [set(re.findall(r"[a-z]+", layer)) for layer in contract("rooms")["layers"]]


def contract(name: str) -> dict[str, Any]:
    """One of import-linter's contracts in pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    return next(one for one in settings["contracts"] if one["id"] == name)


LEVEL = {room: level for level, rooms in enumerate(order_of_rooms()) for room in sorted(rooms)}
ROOMS = [room for room in LEVEL if (SOURCE / room).is_dir()]


CHANNELS = {
    config.label: config.name for config in apps.get_app_configs() if config.name.startswith("tourdee.channels.")
}
ROOM_OF = {room: room for room in LEVEL} | dict.fromkeys(CHANNELS, "channels")  # by app label and template folder


def may_use(room: str, other: str) -> bool:
    return room == other or LEVEL[room] < LEVEL[other]


def python_files(room: str) -> list[Path]:
    return [path for path in (SOURCE / room).rglob("*.py") if "migrations" not in path.parts]


def door_of(parts: list[str]) -> str:
    """The part of a module's name that must be a door: the second, after the name of a channel the third."""
    place = 3 if parts[1] == "channels" else 2
    return parts[place] if len(parts) > place else ""


def imported_modules(path: Path) -> list[str]:
    """Full names of what a file imports, relative imports resolved."""
    package = ["tourdee", *path.relative_to(SOURCE).parts[:-1]]
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found += [f"{module}.{name.name}" for name in node.names]
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_go_through_the_doors_of_others(room):
    """Other rooms import only models, queries and actions. Remedy: add a query or an act, and call that."""
    back_doors = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in python_files(room)
        if "tests" not in path.parts and room != "config"
        for name in imported_modules(path)
        for parts in [name.split(".")]
        if parts[0] == "tourdee"
        and len(parts) > 2
        and parts[1] not in OPEN_ROOMS | {room}
        and door_of(parts) not in DOORS
    ]
    assert back_doors == []


@pytest.mark.parametrize("room", ROOMS)
def test_foreign_keys_point_downstream(room):
    """A foreign key by name escapes import-linter. Remedy: point at a model of a room below."""
    wrong = [
        f"{model.__name__}.{field.name} → {field.related_model._meta.label}"
        for config in apps.get_app_configs()
        if ROOM_OF.get(config.label) == room
        for model in config.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        for other in [ROOM_OF.get(field.related_model._meta.app_label)]
        if other and not may_use(room, other)
    ]
    assert wrong == []


@pytest.mark.parametrize("room", ROOMS)
def test_templates_include_only_templates_of_rooms_below(room):
    """Remedy: move the fragment down, or let the view of the upper room compose."""
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (SOURCE / room).rglob("*.html")
        for name in re.findall(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)", path.read_text(encoding="utf-8"))
        for other in [ROOM_OF.get(name.split("/")[0])]
        if other and not may_use(room, other)
    ]
    assert wrong == []


def test_every_room_stands_in_the_order():
    folders = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()}
    assert folders - set(LEVEL) == set()


def test_every_channel_keeps_to_the_layers():
    """Remedy: add the new channel to the containers of contract ``inside`` in pyproject.toml."""
    assert set(CHANNELS.values()) <= set(contract("inside")["containers"])


def test_channels_are_strangers():
    """No foreign key and no include from one channel to another; for imports see contract ``channels``."""
    keys = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in CHANNELS
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        if field.related_model._meta.app_label in set(CHANNELS) - {model._meta.app_label}
    ]
    assert keys == []
    assert contract("channels")["modules"] == ["tourdee.channels.*"]


def test_rows_of_the_same_moment_have_one_order():
    """Else a database gives them as it likes: a page of a list repeats rows and leaves others out.

    Remedy: end ``Meta.ordering`` with what no two rows share.
    """
    loose = [
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("tourdee.") and model._meta.ordering
        for last in [model._meta.ordering[-1].lstrip("-")]
        if last != "pk" and not model._meta.get_field(last).unique
    ]
    assert loose == []


def test_every_room_says_what_it_is_for():
    silent = [
        room
        for room in ROOMS
        if not ast.get_docstring(ast.parse((SOURCE / room / "__init__.py").read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_every_listener_is_loaded():
    """A shared AppConfig base class once made listeners silently vanish: each listener in the files must be registered."""
    from tourdee.core import delivery

    written = {
        f"tourdee.{path.relative_to(SOURCE).with_suffix('').as_posix().replace('/', '.')}.{node.name}"
        for path in [*SOURCE.rglob("listeners.py"), *SOURCE.rglob("listeners/*.py")]
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(d, ast.Call) and getattr(d.func, "id", "") == "listens" for d in node.decorator_list)
    }
    assert written - set(delivery._by_path) == set()


def test_no_page_has_inline_script_or_style():
    """The CSP forbids them. Remedy: a class of the design system, or a static file."""
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)[^>]*>|\sstyle=|\son[a-z]+=", re.IGNORECASE
    )
    wrong = [
        str(path.relative_to(ROOT))
        for path in SOURCE.rglob("*.html")
        if inline.search(re.sub(r"{%.*?%}", "", path.read_text(encoding="utf-8")))
    ]
    assert wrong == []


def test_every_page_has_a_title():
    pages = [
        path
        for path in SOURCE.rglob("*.html")
        if not path.name.startswith("_") and "{% extends" in path.read_text(encoding="utf-8")
    ]
    bases = {"app.html", "base.html", "entrance.html", "manage.html", "base_entrance.html", "base_manage.html"}
    untitled = [
        str(p.relative_to(ROOT)) for p in pages if p.name not in bases and "allauth" not in p.parts and not _titled(p)
    ]
    assert untitled == []


def _titled(path: Path) -> bool:
    """The page, or one that it extends, fills the title block."""
    text = path.read_text(encoding="utf-8")
    if re.search(r"{%\s*block (head_)?title\s*%}", text):
        return True
    parent = re.search(r"{%\s*extends\s+[\"']([^\"']+)", text)
    found = list(chain.from_iterable(SOURCE.glob(f"*/templates/{parent.group(1)}") for _ in [0])) if parent else []
    return bool(found) and found[0].name not in {"app.html", "base.html"} and _titled(found[0])


def test_no_file_outgrows_three_hundred_lines():
    """Remedy: split by topic, the same topic name in each layer. ``events.py`` is a list, on one page by design."""
    big = [
        f"{path.relative_to(ROOT)} {count}"
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and "tests" not in path.parts and path != SOURCE / "events.py"
        for count in [len(path.read_text(encoding="utf-8").splitlines())]
        if count > 300
    ]
    assert big == []
