"""Addresses for programs: /octo/<shop>/…, without a slash at the end and without a language."""

from django.urls import URLPattern, path, re_path

from .views.docs import openapi
from .views.door import behind_the_door, no_such_operation
from .views.interface import api


def _operation(pattern: URLPattern) -> URLPattern:
    return path(f"<slug:shop>/{pattern.pattern}", behind_the_door(pattern.callback), name=pattern.name)


urlpatterns = [
    path("docs/openapi.json", openapi, name="octo_openapi"),
    *(_operation(pattern) for pattern in api.urls[0] if isinstance(pattern, URLPattern) and pattern.name != "api-root"),
    re_path(r"^(?!docs/)(?P<shop>[-\w]+)(?:/.*)?$", no_such_operation, name="octo_no_such_operation"),
]
