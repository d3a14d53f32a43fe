"""The timetable as iCalendar (RFC 5545)."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from tourdee.core.templatetags.tourdee import local

from ..models import Cohort, Session

if TYPE_CHECKING:
    from icalendar import Component


def timetable_ics(cohort: Cohort, sessions: list[Session], *, language: str, at: datetime) -> bytes:
    """One event a half-day. A later download replaces the events of an earlier one, because their ids stay."""
    from icalendar import Calendar

    with override(language):
        calendar = Calendar()
        calendar.add("prodid", "-//TourDee//Timetable//TH")
        calendar.add("version", "2.0")
        calendar.add("name", local(cohort, "name"))
        calendar.add("x-wr-calname", local(cohort, "name"))
        for session in sessions:
            calendar.add_component(_event(cohort, session, at))
        return bytes(calendar.to_ical())


def _event(cohort: Cohort, session: Session, at: datetime) -> "Component":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{session.public_id}@tourdee")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", session.starts_at.astimezone(UTC))
    event.add("dtend", session.ends_at.astimezone(UTC))
    place = session if session.venue_th else cohort
    event.add("summary", f"{local(cohort, 'name')}: {gettext('half-day')} {session.number}")
    event.add("location", local(place, "venue"))
    topics = [f"{local(one.topic, 'title')} ({local(one.team, 'name')})" for one in session.topics.all()]
    event.add("description", "\n".join(topics))
    event.add("url", f"{settings.SITE_URL}{reverse('cohort', args=[cohort.slug])}")
    return event
