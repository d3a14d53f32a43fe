"""What the room does when something happened: it asks the learner, and forgets words of who asks to be forgotten."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from tourdee.events import FollowUpDue, PersonErased, listens
from tourdee.people.actions import tell
from tourdee.people.models import User

from . import actions
from .models import FollowUp


@listens(FollowUpDue)
def ask_learner(happened: FollowUpDue) -> None:
    """The question, by e-mail or SMS. Nothing for who has answered meanwhile, to the office's telephone for instance."""
    rows = FollowUp.objects.select_related("enrolment__user", "enrolment__cohort__programme__office")
    row = rows.filter(public_id=happened.follow_up, answered_at__isnull=True).first()
    if row is None:
        return
    user = row.enrolment.user
    with override(user.language):
        link = f"{settings.SITE_URL}{reverse('follow_up', args=[row.public_id])}"
        tell(
            user=user,
            subject=_("How is it going since the course?"),
            template="impact/mail/follow_up",
            sms=_("TourDee: how is it going since the course? One question %(link)s") % {"link": link},
            context={"row": row, "cohort": row.enrolment.cohort, "link": link},
        )


@listens(PersonErased)
def forget_words(happened: PersonErased) -> None:
    """Let go of what the person wrote."""
    user = User.objects.filter(public_id=happened.user).first()
    if user:
        actions.forget_words(user=user)
