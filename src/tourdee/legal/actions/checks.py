"""An officer compares a paper with its picture and accepts or refuses it."""

from datetime import datetime

from django.db import transaction

from tourdee.core.audit import record
from tourdee.core.dates import bangkok_day
from tourdee.events import PaperChecked, PapersComplete, publish
from tourdee.people.models import User

from .. import queries
from ..models import Business, Paper

STATUS = Paper.Status


class PaperChanged(Exception):
    """The paper was replaced, withdrawn or checked by a colleague since the officer looked at it."""


class CannotCheckOwn(Exception):
    """Nobody checks the papers of their own business."""


class NeedsReason(Exception):
    """Who refuses a paper says why, so that the owner knows what to mend."""


class AlreadyEnded(Exception):
    """The paper's last day is over; it cannot be accepted."""


@transaction.atomic
def accept_paper(*, paper: Paper, seen: datetime, by: User, at: datetime) -> Paper:
    """Accept the paper as it was when the officer looked at it (``seen`` is its ``submitted_at`` then).

    Publishes PaperChecked, and PapersComplete when nothing is missing any more.
    Raises PaperChanged, CannotCheckOwn, AlreadyEnded."""
    business, complete = _begin(paper, by, at)
    if paper.expires_on and paper.expires_on < bangkok_day(at):
        raise AlreadyEnded
    waiting = Paper.objects.filter(pk=paper.pk, status=STATUS.SUBMITTED, submitted_at=seen)
    if not waiting.update(status=STATUS.ACCEPTED, checked_by=by, checked_at=at, reason=""):
        raise PaperChanged
    _finish(paper, by, at, accepted=True)
    if not complete and queries.papers_complete(_fresh(business), bangkok_day(at)):
        publish(PapersComplete(user=business.owner.public_id, business=business.public_id))
    return paper


@transaction.atomic
def refuse_paper(*, paper: Paper, seen: datetime, reason: str, by: User, at: datetime) -> Paper:
    """Refuse the paper with a reason, or take back an acceptance that proved wrong.

    Raises PaperChanged, CannotCheckOwn, NeedsReason."""
    if not reason.strip():
        raise NeedsReason
    _begin(paper, by, at)
    undecided = Paper.objects.filter(pk=paper.pk, submitted_at=seen).exclude(status=STATUS.REFUSED)
    if not undecided.update(status=STATUS.REFUSED, checked_by=by, checked_at=at, reason=reason.strip()):
        raise PaperChanged
    _finish(paper, by, at, accepted=False)
    return paper


def _begin(paper: Paper, by: User, at: datetime) -> tuple[Business, bool]:
    """Lock the business, so that of two papers accepted at once one finds the other; was it complete before?"""
    business = Business.objects.select_for_update(of=("self",)).select_related("owner").get(pk=paper.business_id)
    if business.owner_id == by.pk:
        raise CannotCheckOwn
    return business, queries.papers_complete(business, bangkok_day(at))


def _fresh(business: Business) -> Business:
    return Business.objects.get(pk=business.pk)


def _finish(paper: Paper, by: User, at: datetime, *, accepted: bool) -> None:
    paper.refresh_from_db()
    verdict = "ผ่าน" if accepted else "ไม่ผ่าน"
    text = f"ตรวจ{paper.thai_name} ของ {paper.business.name}: {verdict}"
    record(
        "paper.checked", subject=paper, text=text, at=at, actor=by, data={"accepted": accepted, "reason": paper.reason}
    )
    publish(PaperChecked(user=paper.business.owner.public_id, paper=paper.public_id, accepted=accepted))
