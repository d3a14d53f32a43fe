"""How an event reaches its listeners: one task per listener, enqueued in the publisher's own transaction.

The worker runs the tasks. A listener that fails is tried again with growing pauses; one that has already acted on the
event is skipped, so a repeated delivery changes nothing. It runs in a transaction, so what it tells the outside goes by an
outbox (``mail.post``, ``people.actions.post_sms``): one that is rolled back has told nobody, one that is repeated tells once.
"""

import logging
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, dataclass_transform

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task

from .models import HandledEvent

logger = logging.getLogger(__name__)
ATTEMPTS = 8
Listener = Callable[[Any], None]

_events: dict[str, type] = {}
_listeners: dict[str, list[Listener]] = {}
_by_path: dict[str, Listener] = {}


@dataclass_transform(kw_only_default=True, frozen_default=True)
def event(cls: type) -> type:
    """Class decorator: makes a frozen dataclass with named fields, registered so that the worker can rebuild it."""
    made = cls if "__dataclass_params__" in vars(cls) else dataclass(frozen=True, kw_only=True)(cls)
    _events[made.__name__] = made
    return made


def listens(event_class: type) -> Callable[[Listener], Listener]:
    """Decorator for a function in a room's ``listeners.py``. The function runs in a transaction of its own."""

    def register(function: Listener) -> Listener:
        path = f"{function.__module__}.{function.__qualname__}"
        if path not in _by_path:
            _listeners.setdefault(event_class.__name__, []).append(function)
            _by_path[path] = function
        return function

    return register


def publish(happened: Any) -> None:
    """Tell every listener, durably: the tasks are committed with the change that the event speaks of, or not at all."""
    name = type(happened).__name__
    if name not in _events:
        raise LookupError(f"{name} is not listed in events.py")
    for function in _listeners.get(name, []):
        path = f"{function.__module__}.{function.__qualname__}"
        deliver.enqueue(path, name, asdict(happened))


@task()
def deliver(path: str, name: str, payload: dict[str, Any], attempt: int = 1) -> str:
    """Run one listener on one event. Returns what happened: ``done``, ``again`` (already handled) or ``retry``."""
    function = _by_path.get(path)
    if function is None:  # the listener was removed in a newer release
        logger.warning("No listener %s for %s", path, name)
        return "gone"
    try:
        return _once(function, path, _events[name](**payload))
    except Exception:
        logger.warning("Listener %s failed on %s (attempt %s)\n%s", path, name, attempt, traceback.format_exc())
        return once_more_later(deliver, attempt, path, name, payload)


def once_more_later(again: Any, attempt: int, *arguments: Any) -> str:
    """Called where a task has just failed: enqueue it again after a growing pause, its ``attempt`` counted. Raises what it failed of
    when it has been tried often enough."""
    if attempt >= ATTEMPTS:
        raise
    pause = timedelta(seconds=min(2**attempt, 600))
    again.using(run_after=timezone.now() + pause).enqueue(*arguments, attempt + 1)
    return "retry"


def _once(function: Listener, path: str, happened: Any) -> str:
    with transaction.atomic():
        try:
            with transaction.atomic():
                HandledEvent.objects.create(event_id=happened.event_id, listener=path)
        except IntegrityError:
            return "again"
        function(happened)
    return "done"
