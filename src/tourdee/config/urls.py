"""Where each room's pages stand. Thai has no prefix, English stands under /en/."""

from importlib import import_module

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLResolver, include, path
from django.utils.module_loading import module_has_submodule

from tourdee.core import views as core

handler400 = "tourdee.core.views.bad_request"
handler403 = "tourdee.core.views.forbidden"
handler404 = "tourdee.core.views.not_found"
handler500 = "tourdee.core.views.server_error"


def _channels(pages: str, *, below_their_name: bool) -> list[URLResolver]:
    """The addresses of all channels that have any: ``urls`` for programs, below the channel's name; ``urls_seller`` for people."""
    return [
        path(f"{name.rsplit('.')[-1]}/" if below_their_name else "", include(f"{name}.{pages}"))
        for name in settings.CHANNELS
        if module_has_submodule(import_module(name), pages)
    ]


urlpatterns = [
    path("healthz", core.healthz, name="healthz"),
    path("media/<path:path>", core.media, name="media"),
    *_channels("urls", below_their_name=True),
    path("hooks/money/", include("tourdee.shop.callback_urls")),
    path("account/", include("tourdee.people.callback_urls")),
    *i18n_patterns(
        path("", include("tourdee.home.urls")),
        path("office/impact/", include("tourdee.impact.urls")),
        path("", include("tourdee.shop.urls")),
        *_channels("urls_seller", below_their_name=False),
        path("", include("tourdee.inbox.urls")),
        path("", include("tourdee.programme.urls")),
        path("papers/", include("tourdee.legal.urls")),
        path("learn/", include("tourdee.learn.urls")),
        path("", include("tourdee.people.urls")),
        prefix_default_language=False,
    ),
]
