"""The files that Meta and Google fetch: public, like the shop's pages, for they say nothing that those do not say."""

from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from tourdee.shop.models import Shop

from ..actions.feeds import note_visit
from ..actions.files import FeedFile, NoFile, Place, feed_file, opened, tag_of
from ..readers import READERS
from ..writing import FORMATS

LANGUAGES = {"th", "en"}
READ_BYTES = 64 * 1024
LATER_SECONDS = "600"


@require_safe
def feed(request: HttpRequest, slug: str, reader: str, ending: str) -> HttpResponseBase:
    """A shop's feed, whole or not at all: half a feed would tell the reader that the rest is gone. Who has it already is
    told so (304) before any item is read."""
    shop = _shop_at(slug)
    language = request.GET.get("lang", "th")
    if (reader, ending) not in FORMATS or language not in LANGUAGES:
        raise Http404
    place, now = Place(shop=shop, reader=READERS[reader], ending=ending, language=language), timezone.now()
    note_visit(shop=shop, reader=place.reader, agent=request.headers.get("User-Agent", ""), at=now)
    version = place.version(now)
    if known := get_conditional_response(request, etag=f'"{tag_of(place, version)}"'):
        return known
    try:
        return _sent(request, place, feed_file(place=place, version=version, at=now))
    except (NoFile, FileNotFoundError):  # none, or it went a moment ago: a reader keeps what it had, and comes again
        return HttpResponse(status=503, headers={"Retry-After": LATER_SECONDS})


def _shop_at(slug: str) -> Shop:
    """Also by an address that it had before: the reader was given that one, and knows no other."""
    there = Shop.objects.select_related("owner", "business").filter(status=Shop.Status.OPEN)
    return there.filter(slug=slug).first() or get_object_or_404(there, former_slugs__slug=slug)


def _sent(request: HttpRequest, place: Place, file: FeedFile) -> HttpResponseBase:
    """Packed where the reader takes that, from the disk to the network without standing in memory."""
    etag, written = f'"{file.tag}"', int(file.written_at.timestamp())
    if known := get_conditional_response(request, etag=etag, last_modified=written):
        return known
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    kind = FORMATS[place.reader.slug, place.ending].content_type
    response = _packed(file.path, kind) if packed else StreamingHttpResponse(_unpacked(file.path), content_type=kind)
    response.headers["ETag"] = f"W/{etag}" if packed else etag
    response.headers["Last-Modified"] = http_date(written)
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Content-Disposition"] = f'inline; filename="{place.shop.slug}-{place.stem}"'
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _packed(path: Path, kind: str) -> FileResponse:
    return FileResponse(path.open("rb"), content_type=kind, headers={"Content-Encoding": "gzip"})


def _unpacked(path: Path) -> Iterator[bytes]:
    with opened(path) as file:
        while piece := file.read(READ_BYTES):
            yield piece
