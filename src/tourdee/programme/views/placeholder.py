"""Stands in for pages of the room that are not here yet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def placeholder(request: HttpRequest, **kwargs: str) -> HttpResponse:
    return render(request, "core/app.html")
