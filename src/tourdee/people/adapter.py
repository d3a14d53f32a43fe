"""How allauth asks TourDee about people. It guards second factors and talks to LINE and Facebook; the rest is ours."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tourdee.core.crypto import seal, unseal
from tourdee.core.qr import qr_svg

from . import actions, queries
from .models import User

WELCOME = "welcome"  # session: where to go once the person has agreed to the newest notice
RECENTLY = timedelta(minutes=10)
CHANGES = {  # allauth's notices → our event
    "mfa/email/webauthn_added": "passkey_added",
    "mfa/email/webauthn_removed": "passkey_removed",
    "mfa/email/totp_activated": "app_added",
    "mfa/email/totp_deactivated": "app_removed",
    "mfa/email/recovery_codes_generated": "recovery_codes",
    "socialaccount/email/account_connected": "linked",
    "socialaccount/email/account_disconnected": "unlinked",
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by e-mail or phone, without passwords."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code is not right. Please look again, or wait for the next one."),
        "too_many_login_attempts": gettext_lazy("Too many wrong codes. Please wait a few minutes and try again."),
        "rate_limited": gettext_lazy("That was too often in a short time. Please wait a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by our own page only, when an address was proved."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only addresses of this site, written as paths."""
        return is_safe_path(url)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """On to where the person wanted to go; by way of the welcome page while something is to be agreed to."""
        response = super().post_login(request, user, **kwargs)
        if not user.name or not queries.agreed_to_newest(user):
            request.session[WELCOME] = response["Location"]
            return redirect("welcome")
        return response

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """By second factor where there is one, because it is stronger; else by a code sent to the person."""
        methods = super().get_reauthentication_methods(user)
        if user.is_authenticated and not methods:
            return [{"id": "code", "description": _("Send me a code"), "url": reverse("account_reauthenticate")}]
        return methods

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Errors are said; success shows by itself (one is signed in, the passkey stands in the list)."""
        if level >= messages.WARNING:
            super().add_message(request, level, *args, **kwargs)

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """Told by the worker in our own words, with an audit line."""
        if change := CHANGES.get(template_prefix):
            actions.note_security_change(user=user, change=change, at=timezone.now())


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Accounts by LINE and Facebook Login. Whoever comes for the first time proves an e-mail or phone by code first:
    nothing is ever merged by an address that LINE or Facebook merely names."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return True

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("profile")

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any) -> None:
        """Back to the sign-in page with one sentence, whatever went wrong over there."""
        text = _("Signing in with %(service)s did not work. Please try again, or use a code.")
        messages.error(request, text % {"service": service_name(provider.id)})
        raise ImmediateHttpResponse(redirect("profile" if request.user.is_authenticated else "account_login"))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Passkeys and authenticator apps. Their secrets are sealed in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def build_totp_svg(self, url: str) -> SafeString:
        return qr_svg(url, label=_("QR code for the authenticator app"))

    def _get_site_name(self) -> str:
        return "TourDee"

    def _get_user_identifier(self, user: Any) -> str:
        return user.email or user.phone or user.get_full_name()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey %(number)d") % {"number": count + 1}


def service_name(provider: str) -> str:
    """How people call it."""
    return {"line": "LINE", "facebook": "Facebook"}.get(provider, provider)


def is_safe_path(url: str | None) -> bool:
    """Whether a ``next`` leads to a page of this site: a path, and nothing that browsers take for a host or scheme."""
    if not url or not url.startswith("/") or any(ord(character) < 0x20 for character in url):
        return False
    return url_has_allowed_host_and_scheme(url, allowed_hosts=None)


def prove(request: HttpRequest, user: User, method: str, **more: Any) -> None:
    """Note in the session how the person proved to be themselves, now."""
    record_authentication(request, user, method=method, reauthenticated=True, **more)
