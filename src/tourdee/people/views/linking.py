"""LINE and Facebook: started here, come back here, linked on a page that names the account."""

import time
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.flows.signup import clear_pending_signup, get_pending_signup
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.facebook.views import oauth2_callback as facebook_callback
from allauth.socialaccount.providers.line.views import oauth2_callback as line_callback
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import actions
from ..adapter import is_safe_path, service_name
from .browser import PersonRequest, language_of_page, next_page, recently_proved

LANGUAGE = "social_language"  # session: the language of the page from which the person left
SINCE = "social_link_since"  # session: when LINE or Facebook sent the person back
MINUTES = 10
CALLBACKS = {"line": line_callback, "facebook": facebook_callback}


@require_POST
def social_start(request: HttpRequest, provider: str) -> HttpResponse:
    """Off to LINE or Facebook: to sign in, or to link it to the account one is signed in to."""
    _must_be_configured(provider)
    if request.user.is_authenticated and not recently_proved(request):
        raise ReauthenticationRequired
    request.session[LANGUAGE] = language_of_page()
    process = "connect" if request.user.is_authenticated else "login"
    wanted = reverse("profile") if process == "connect" else next_page(request)
    service = get_adapter(request).get_provider(request, provider=provider)
    return service.redirect(request, process=process, next_url=wanted or None)


def social_callback(request: HttpRequest, provider: str) -> HttpResponse:
    """Back from there. One address for both languages, because the service wants it registered exactly."""
    _must_be_configured(provider)
    with translation.override(request.session.get(LANGUAGE, settings.LANGUAGE_CODE)):
        return CALLBACKS[provider](request)


def social_signup(request: HttpRequest) -> HttpResponse:
    """An account of LINE or Facebook that nobody here has linked: prove an e-mail or phone first, then link it."""
    pending = get_pending_signup(request)
    if pending is None:
        return redirect("account_login")
    request.session[SINCE] = time.time()
    request.session["suggested_name"] = _display_name(pending)
    text = _("One more step: prove your e-mail or phone once. From then on %(service)s is enough.")
    messages.info(request, text % {"service": service_name(pending.account.provider)})
    return redirect(f"{reverse('account_login')}?{urlencode({'next': reverse('social_link')})}")


@login_required
def social_link(request: PersonRequest) -> HttpResponse:
    """Link the waiting LINE or Facebook account after a look at its name."""
    pending = _pending(request)
    if pending is None:
        return redirect("profile")
    service = service_name(pending.account.provider)
    if request.method != "POST":
        return render(request, "people/social_link.html", {"service": service, "name": _display_name(pending)})
    wanted = pending.state.get("next") or ""
    clear_pending_signup(request)
    if request.POST.get("wish") == "link":
        _link(request, pending, service)
    return redirect(wanted if is_safe_path(wanted) else "today")


@login_required
@require_POST
def social_unlink(request: PersonRequest, provider: str) -> HttpResponse:
    """Sign in with LINE or Facebook no longer; the code always works."""
    if provider not in CALLBACKS:
        raise Http404
    actions.unlink(user=request.user, provider=provider, at=timezone.now())
    return redirect("profile")


def _link(request: PersonRequest, pending: SocialLogin, service: str) -> None:
    try:
        pending.connect(request, request.user)
    except IntegrityError:
        messages.error(request, _("This %(service)s account belongs to another account here.") % {"service": service})
    else:
        messages.success(request, _("From now on you can sign in with %(service)s.") % {"service": service})


def _pending(request: HttpRequest) -> SocialLogin | None:
    """What waits to be linked, for ten minutes after coming back."""
    if time.time() - request.session.get(SINCE, 0) > MINUTES * 60:
        clear_pending_signup(request)
        return None
    return get_pending_signup(request)


def _display_name(login: Any) -> str:
    """How the service calls the person."""
    data = login.account.extra_data
    return str(data.get("displayName") or data.get("name") or "")[:100]


def _must_be_configured(provider: str) -> None:
    if provider not in CALLBACKS or provider not in settings.SOCIALACCOUNT_PROVIDERS:
        raise Http404
