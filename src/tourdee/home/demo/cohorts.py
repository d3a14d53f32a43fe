"""The learners of the finished cohorts: applications, seats, presence, tests and missions, as rows of the past."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tourdee.core.crypto import seal
from tourdee.core.dates import at_bangkok
from tourdee.learn.models import Attempt, Lesson, LessonRead, Mission, MissionProgress, Quiz
from tourdee.people.models import User
from tourdee.programme import queries as programme
from tourdee.programme.models import Application, Attendance, Cohort, Enrolment, Session

from . import names
from .cast import DOMAIN


@dataclass(frozen=True)
class Learner:
    """How one invented learner did. ``present`` half-days of six, ``post`` right answers of eighteen."""

    number: int
    group: str
    present: int
    pre: int
    post: int
    missions: bool


def learners(first: int, count: int, groups: tuple[str, ...]) -> list[Learner]:
    """``count`` learners with varied, always equal results: most pass, one never came, some lack hours or points."""
    return [_learner(first + place, place, groups[place % len(groups)]) for place in range(count)]


def _learner(number: int, place: int, group: str) -> Learner:
    present = 0 if place == 17 else 4 if place in (9, 28) else 5 if place % 6 == 0 else 6
    post = 9 if place == 23 else 12 + place % 7
    return Learner(number, group, present, pre=5 + place % 6, post=post, missions=place not in (9, 17, 28, 33))


def enrol(cohort: Cohort, people: list[Learner], special: dict[int, User]) -> None:
    """Fill the cohort. ``special`` puts parts of the cast on some of the places."""
    users = [special.get(place) or _user(learner) for place, learner in enumerate(people)]
    applied = at_bangkok(cohort.starts_on, 10) - timedelta(days=21)
    applications = Application.objects.bulk_create(
        _application(cohort, user, learner, applied) for user, learner in zip(users, people, strict=True)
    )
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(cohort=cohort, user=application.user, application=application, name=application.name, seat_number=number,
                  at=applied + timedelta(days=7))
        for number, application in enumerate(applications, 1)
    )  # fmt: skip
    Cohort.objects.filter(pk=cohort.pk).update(seats_taken=len(enrolments))
    sessions = list(cohort.sessions.order_by("starts_at"))
    Attendance.objects.bulk_create(
        row for e, learner in zip(enrolments, people, strict=True) for row in _presence(e, learner, sessions)
    )
    _lessons(users, people, sessions)
    _tests(users, people, sessions)
    _missions(users, people, set(special), sessions[-1].ends_at)


def _user(learner: Learner) -> User:
    return User.objects.create_user(
        f"learner{learner.number:03d}@{DOMAIN}",
        phone=names.phone(learner.number),
        name=names.learner_name(learner.number),
    )


def _application(cohort: Cohort, user: User, learner: Learner, at: datetime) -> Application:
    number = names.citizen_id(learner.number)
    return Application(
        cohort=cohort, user=user, name=user.name, phone=user.phone or "", email=user.email or "",
        citizen_id_sealed=seal(number), citizen_id_hash=programme.citizen_id_hash(number), audience_group=learner.group,
        province=names.PROVINCES[learner.number % len(names.PROVINCES)], works_as="มัคคุเทศก์อิสระ",
        wants_to_sell="ทัวร์ชุมชนและของฝาก", income_before_satang=(6 + learner.number % 9) * 100_000,
        status=Application.Status.SEATED, reason="ตรงกลุ่มเป้าหมาย เอกสารครบ", submitted_at=at + timedelta(minutes=learner.number),
        decided_at=at + timedelta(days=7),
    )  # fmt: skip


def _presence(enrolment: Enrolment, learner: Learner, sessions: list[Session]) -> list[Attendance]:
    sources = (Attendance.Source.QR, Attendance.Source.QR, Attendance.Source.CODE, Attendance.Source.STAFF)
    return [
        Attendance(enrolment=enrolment, session=session, minutes=session.minutes, at=session.starts_at,
                   source=sources[(learner.number + session.number) % len(sources)])
        for session in sessions[: learner.present]
    ]  # fmt: skip


def _lessons(users: list[User], people: list[Learner], sessions: list[Session]) -> None:
    """Whoever was there has read the lessons and passed their checks."""
    at = sessions[-1].ends_at
    there = [user for user, learner in zip(users, people, strict=True) if learner.present]
    lessons = Lesson.objects.order_by().values_list("topic_id", "number").distinct()
    LessonRead.objects.bulk_create(
        LessonRead(user=user, topic_id=topic, number=number, at=at) for user in there for topic, number in lessons
    )
    checks = Quiz.objects.filter(kind=Quiz.Kind.CHECK)
    Attempt.objects.bulk_create(
        Attempt(
            user=user,
            quiz=check,
            purpose="check",
            number=1,
            answers={},
            right=5,
            total=6,
            idempotency_key=f"demo-{check.slug}",
            at=at,
        )
        for user in there
        for check in checks
    )


def _tests(users: list[User], people: list[Learner], sessions: list[Session]) -> None:
    forms = list(Quiz.objects.filter(kind=Quiz.Kind.COURSE_TEST).order_by("slug"))
    start, end = sessions[0].starts_at, sessions[-1].ends_at
    rows = []
    for place, (user, learner) in enumerate(zip(users, people, strict=True)):
        if learner.present:
            for purpose, right, form, at in (
                ("pre", learner.pre, place, start),
                ("post", learner.post, place + 1, end),
            ):
                rows.append(Attempt(user=user, quiz=forms[form % len(forms)], purpose=purpose, number=1, answers={}, right=right,
                                    total=18, idempotency_key=f"demo-{purpose}", at=at))  # fmt: skip
    Attempt.objects.bulk_create(rows)


def _missions(users: list[User], people: list[Learner], special: set[int], at: datetime) -> None:
    """The required missions; whoever has a shop in the demo has done all of them."""
    missions = list(Mission.objects.filter(retired=False))
    MissionProgress.objects.bulk_create(
        MissionProgress(user=user, mission=mission, status=MissionProgress.Status.DONE, at=at, note="")
        for place, (user, learner) in enumerate(zip(users, people, strict=True))
        if learner.missions
        for mission in missions
        if mission.required or place in special
    )
