"""A calendar behind a secret address, for calendar apps."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from ...queries.feeds import feed_by_token, feed_text


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The whole calendar, or 304 while nothing has changed. An address that was renewed is unknown."""
    feed = feed_by_token(token)
    if feed is None:
        raise Http404
    with translation.override(feed.language):
        body = feed_text(feed, timezone.now()).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, max-age=300"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return get_conditional_response(request, etag=etag, response=response) or response
