"""Pages of the room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def placeholder(request: HttpRequest, **kwargs: str) -> HttpResponse:
    return render(request, "core/app.html")
