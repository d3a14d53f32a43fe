"""The privacy notice."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from .. import queries
from ..reading import as_html
from .browser import language_of_page


def privacy(request: HttpRequest, version: str = "") -> HttpResponse:
    """The notice in force, or an older version, with links to the others."""
    versions = queries.notices()
    shown = next((notice for notice in versions if notice.version == version or not version), None)
    if shown is None and version:
        raise Http404
    text = (shown.text_th if language_of_page() == "th" else shown.text_en) if shown else ""
    page = {
        "notice": shown,
        "text": as_html(text),
        "versions": versions,
        "in_force": versions[0] if versions else None,
        "controller": settings.CONTROLLER,
        "contact": settings.CONTACT,
        "offices": queries.offices(),
    }
    return render(request, "people/privacy.html", page)
