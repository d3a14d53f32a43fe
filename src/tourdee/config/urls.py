"""Where each room's pages stand. Thai has no prefix, English stands under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from tourdee.core import views as core

handler400 = "tourdee.core.views.bad_request"
handler403 = "tourdee.core.views.forbidden"
handler404 = "tourdee.core.views.not_found"
handler500 = "tourdee.core.views.server_error"

urlpatterns = [
    path("healthz", core.healthz, name="healthz"),
    path("media/<path:path>", core.media, name="media"),
    path("octo/", include("tourdee.channels.octo.urls")),
    path("hooks/money/", include("tourdee.shop.callback_urls")),
    path("account/", include("tourdee.people.callback_urls")),
    *i18n_patterns(
        path("", include("tourdee.home.urls")),
        path("office/impact/", include("tourdee.impact.urls")),
        path("", include("tourdee.shop.urls")),
        path("", include("tourdee.channels.octo.urls_seller")),
        path("", include("tourdee.programme.urls")),
        path("papers/", include("tourdee.legal.urls")),
        path("learn/", include("tourdee.learn.urls")),
        path("", include("tourdee.people.urls")),
        prefix_default_language=False,
    ),
]
