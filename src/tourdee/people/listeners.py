"""What people are told by message about their own accounts."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tourdee import events
from tourdee.core import mail
from tourdee.events import listens

from . import actions
from .models import ErasureRequest, Membership, Organisation, User

CHANGES = {
    "email": _("Your e-mail address was changed."),
    "phone": _("Your mobile phone number was changed."),
    "passkey_added": _("A passkey was added."),
    "passkey_removed": _("A passkey was removed."),
    "app_added": _("An authenticator app was set up."),
    "app_removed": _("The authenticator app was removed."),
    "second_factor_reset": _("The office removed your passkeys and authenticator app at your wish."),
    "recovery_codes": _("New recovery codes were made."),
    "linked": _("A LINE or Facebook account was linked."),
    "unlinked": _("A LINE or Facebook account was unlinked."),
}
ROLES = {Membership.Role.OFFICER: _("officer"), Membership.Role.INSTRUCTOR: _("instructor")}


@listens(events.RoleGiven)
def tell_of_role(happened: events.RoleGiven) -> None:
    """Who was made officer or instructor hears where to sign in."""
    user = User.objects.get(public_id=happened.user)
    organisation = Organisation.objects.get(public_id=happened.organisation)
    context = {"user": user, "organisation": organisation, "role": ROLES[Membership.Role(happened.role)]}
    actions.tell(
        user=user,
        subject=_("You have a role at TourDee"),
        template="people/mail/role_given",
        sms=_("You have a new role at TourDee. Please sign in with this number."),
        context=context,
    )


@listens(events.SecurityChanged)
def tell_of_security_change(happened: events.SecurityChanged) -> None:
    """The owner hears of every change of how one signs in; at the former address too, where that was changed."""
    user = User.objects.get(public_id=happened.user)
    change = CHANGES[happened.change]
    subject, template, context = _("A change to your account"), "people/mail/security_changed", {"change": change}
    if "@" in happened.former and user.is_active:
        mail.post(to=happened.former, subject=subject, template=template, context=context, language=user.language)
    elif happened.former and user.is_active:
        actions.post_sms(to=happened.former, text=_sms(user, change))
    else:
        actions.tell(user=user, subject=subject, template=template, sms=change, context=context)


@listens(events.ErasureDeclined)
def tell_of_declined_erasure(happened: events.ErasureDeclined) -> None:
    """Who asked to be forgotten hears why not."""
    request = ErasureRequest.objects.select_related("user").get(public_id=happened.request)
    actions.tell(
        user=request.user,
        subject=_("Your request to be forgotten"),
        template="people/mail/erasure_declined",
        sms=_("Your request to be forgotten was declined. Sign in to read why."),
        context={"reason": request.reason},
    )


def _sms(user: User, change: object) -> str:
    with translation.override(user.language):
        return f"TourDee: {change}"
