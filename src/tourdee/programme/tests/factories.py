"""Rows for the tests of this room."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from tourdee.core.crypto import seal
from tourdee.core.dates import at_bangkok
from tourdee.learn.models import Topic
from tourdee.people.models import Organisation, User
from tourdee.programme import queries
from tourdee.programme.models import Answers, Application, Cohort, Enrolment, Programme, Session, SessionTopic

TOPICS = {
    "platforms": "thai-ecommerce-association",
    "line-oa": "etda-ecommerce",
    "basics": "etda-ecommerce",
    "facebook-page": "etda-ecommerce",
    "market": "etda-ecommerce",
    "content": "etda-ecommerce",
    "photos": "etda-ecommerce",
    "legal": "etda-ecommerce",
    "good-crowds": "etda-internet-for-better-life",
}
_next = count(1)


def citizen_id(number: int) -> str:
    """A valid Thai citizen id made of a running number."""
    digits = f"1{number:011d}"
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(digits))
    return f"{digits}{(11 - total % 11) % 10}"


def make_topics() -> list[Topic]:
    """The nine topics of the course, without their lessons."""
    return [
        Topic.objects.get_or_create(
            slug=slug,
            defaults={
                "number": number,
                "title_th": f"หัวข้อที่ {number}",
                "title_en": f"Topic {number}",
                "summary_th": "สรุป",
                "summary_en": "Summary",
                "team": team,
            },
        )[0]
        for number, (slug, team) in enumerate(TOPICS.items(), start=1)
    ]


def make_programme(office: Organisation, **values: Any) -> Programme:
    number = next(_next)
    defaults = {
        "slug": f"programme-{number}",
        "name_th": "หลักสูตรดิจิทัล",
        "name_en": "Digital course",
        "purpose_th": "ขายได้",
        "purpose_en": "To sell",
        "audience": ["tour_guide", "community_enterprise", "informal_worker"],
        "hours": 18,
    }
    return Programme.objects.create(office=office, **{**defaults, **values})


def make_cohort(office: Organisation, **values: Any) -> Cohort:
    """An open cohort of two seats that starts on 7 December 2026, two weeks after the tests' now."""
    number = next(_next)
    starts = values.get("starts_on", date(2026, 12, 7))
    defaults = {
        "programme": values.pop("programme", None) or make_programme(office),
        "slug": f"cohort-{number}",
        "name_th": f"รุ่นที่ {number}",
        "name_en": f"Cohort {number}",
        "venue_th": "สำนักงาน",
        "venue_en": "Office",
        "seats": 2,
        "target": 2,
        "applications_close_at": at_bangkok(starts - timedelta(days=3), 16, 30),
        "starts_on": starts,
        "ends_on": starts + timedelta(days=2),
        "status": Cohort.Status.OPEN,
    }
    return Cohort.objects.create(**{**defaults, **values})


def make_user(name: str = "") -> User:
    number = next(_next)
    return User.objects.create_user(
        f"person-{number}@example.org", phone=f"+668{number:08d}", name=name or f"ผู้เรียน {number}"
    )


def make_application(cohort: Cohort, user: User | None = None, *, at: datetime, **values: Any) -> Application:
    number = next(_next)
    user = user or make_user()
    digits = values.pop("citizen_id", None) or citizen_id(number)
    defaults = {
        "name": user.name,
        "phone": user.phone or f"+669{number:08d}",
        "email": user.email or "",
        "citizen_id_sealed": seal(digits),
        "citizen_id_hash": queries.citizen_id_hash(digits),
        "audience_group": "tour_guide",
        "province": 50,
        "submitted_at": at,
    }
    return Application.objects.create(cohort=cohort, user=user, **{**defaults, **values})


def make_enrolment(cohort: Cohort, user: User | None = None, *, at: datetime, **values: Any) -> Enrolment:
    """A seated applicant, with the cohort's counter right."""
    application = make_application(cohort, user, at=at, status=Application.Status.SEATED, **values)
    Cohort.objects.filter(pk=cohort.pk).update(seats_taken=cohort.enrolments.filter(is_active=True).count() + 1)
    return Enrolment.objects.create(
        cohort=cohort,
        user=application.user,
        application=application,
        name=application.name,
        seat_number=queries.lowest_free_seat(cohort),
        at=at,
    )


def make_session(cohort: Cohort, *, number: int = 1, day: date | None = None, hour: int = 9, **values: Any) -> Session:
    """A half-day of three hours, by default the first morning."""
    day = day or cohort.starts_on
    defaults = {"starts_at": at_bangkok(day, hour), "ends_at": at_bangkok(day, hour + 3), "minutes": 180}
    return Session.objects.create(cohort=cohort, number=number, **{**defaults, **values})


def make_session_topic(
    session: Session, team: Organisation, instructor: User | None = None, **values: Any
) -> SessionTopic:
    topic = values.pop("topic", None) or make_topics()[0]
    defaults = {"position": 1, "minutes": 180}
    return SessionTopic.objects.create(
        session=session, topic=topic, team=team, instructor=instructor, **{**defaults, **values}
    )


def answers(**values: Any) -> Answers:
    """What an applicant says."""
    number = next(_next)
    defaults = {
        "name": "สมหญิง ใจดี",
        "phone": f"+668{number:08d}",
        "citizen_id": citizen_id(number),
        "audience_group": "tour_guide",
        "province": 50,
    }
    return Answers(**{**defaults, **values})
