"""What stands before every operation: the key, how many requests it may make, the headers, and JSON whatever happens."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone, translation
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from ninja.security import HttpBearer
from pydantic_core import to_json

from tourdee.core.dates import bangkok_day
from tourdee.people.actions import BudgetSpent, spend

from ..actions.keys import digest_of, note_use
from ..contract.answers import Refused
from ..contract.refusals import Broken, Forbidden, NoSuchOperation, Refusal, TooLarge, TooManyRequests, WrongMethod
from ..queries.callers import Caller, caller_of
from ..queries.products import CONTENT, PRICING

logger = logging.getLogger(__name__)
JSON = "application/json"
KNOWN = {"pricing": PRICING, "content": CONTENT}
MINUTE = timedelta(minutes=1)
SHARES = 20  # in which processes draw what a key may ask in a minute
View = Callable[..., HttpResponse]
NO = dict.fromkeys((400, 401, 403, 429, 500), Refused)  # how every operation may say no


class OctoRequest(HttpRequest):
    """A request that came through the door. ``asked``: capabilities as they were spelled, by our name for them."""

    auth: Caller
    asked: dict[str, str]


def answer(document: Any, status: int = 200) -> HttpResponse:
    """A document as JSON."""
    return HttpResponse(to_json(document), status=status, content_type=JSON)


def refusal(refused: Refusal) -> HttpResponse:
    """A no, in the standard's shape."""
    response = answer(refused.answer(), refused.status)
    if refused.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="OCTO"'
    if refused.status == 429:
        response["Retry-After"] = "10"
    return response


class Key(HttpBearer):
    """Lets in who shows a key of this shop. Raises Forbidden, TooManyRequests."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        at, match = timezone.now(), request.resolver_match
        slug = match.kwargs["shop"] if match else ""
        caller = caller_of(slug=slug, digest=digest_of(token), on=bangkok_day(at))
        if caller is None or not caller.may_enter:
            raise Forbidden
        if not budget.allows(caller.key, at):
            raise TooManyRequests
        note_use(key=caller.key, last_used_at=caller.last_used_at, at=at)
        return caller


class Budget:
    """How many requests a key may make in a minute, all web processes together: they share one count in the database. A
    process draws a share of it at once and serves from that, so only one request in many costs a write; what is drawn and
    not used ends with its minute."""

    def __init__(self) -> None:
        self._drawn: dict[
            int, tuple[int, int]
        ] = {}  # by key: the minute, and what is left of the share (-1: all is spent)

    def allows(self, key: int, at: datetime) -> bool:
        """Takes one request out of the key's share, or draws a new one."""
        this = int(at.timestamp()) // 60
        minute, left = self._drawn.get(key, (this, 0))
        if minute != this or left == 0:
            left = self._draw(key, at)
        self._drawn[key] = this, max(left - 1, 0) if left > 0 else -1
        return left > 0

    def _draw(self, key: int, at: datetime) -> int:
        most = settings.OCTO_REQUESTS_PER_MINUTE
        share = max(1, most // SHARES)
        try:
            spend(what="octo request", subject=str(key), limit=most, window=MINUTE, at=at, times=share)
        except BudgetSpent:
            return 0
        return share

    def forget(self) -> None:
        """Begin anew, as another process would."""
        self._drawn.clear()


budget = Budget()


def behind_the_door(view: View) -> View:
    """Every address below /octo/<shop>: no form token (there are no cookies), the capabilities read and said back, the
    caller's language, and JSON for whatever goes wrong."""

    @csrf_exempt
    @wraps(view)
    def answered(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        request.asked = capabilities(request)
        with translation.override(language_of(request)):
            response = _safely(view, request, *args, **kwargs)
            if CONTENT in request.asked:
                response["Content-Language"] = translation.get_language()
                response["Available-Languages"] = "th, en"
        response["Octo-Capabilities"] = ", ".join(request.asked.values())
        response["Cache-Control"] = "no-store"
        return response

    return answered


def _safely(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        response = view(request, *args, **kwargs)
    except Refusal as refused:
        return refusal(refused)
    except RequestDataTooBig:
        return refusal(TooLarge())
    except Exception:
        logger.exception("An OCTO request broke: %s %s", request.method, request.path)
        return refusal(Broken())
    if isinstance(response, HttpResponseNotAllowed):
        said = refusal(WrongMethod())
        said["Allow"] = response["Allow"]
        return said
    return response


def capabilities(request: HttpRequest) -> dict[str, str]:
    """Those that were asked for and that we have, in either spelling (``octo/pricing``, ``pricing``); unknown ones and a
    missing header are no mistake."""
    text = request.headers.get("Octo-Capabilities") or request.GET.get("_capabilities", "")
    spelled = [word.strip() for word in text[:500].split(",")]
    return {KNOWN[short]: word for word in spelled if (short := word.lower().removeprefix("octo/")) in KNOWN}


def language_of(request: HttpRequest) -> str:
    """The first of the caller's languages that we have; English where it says nothing."""
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", "")[:500])
    return next((code[:2] for code, _weight in wanted if code[:2] in {"th", "en"}), "en")


@behind_the_door
def no_such_operation(request: HttpRequest, **_path: str) -> HttpResponse:
    """Everything else below /octo/<shop>."""
    raise NoSuchOperation
