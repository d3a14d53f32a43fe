"""The pilot at full size: 40 learners, six half-days, nine topics, from the roster to 40 decisions.

Every expected number below was counted by hand from the table of groups, not by the program.

    learners  half-days  minutes each      post-test  missions  minutes  outcome
    1–28      6          1080                     80       5/5    30240  28 pass
    29–32     5           900 (83 %)              60       5/5     3600   4 pass
    33–34     4           720 (66 %)              90       5/5     1440   2 fail: hours
    35–36     6           990 (91 %)              59       5/5     1980   2 fail: post-test; 30 minutes late each time
    37–38     6          1080                     70       4/5     2160   2 fail: missions
    39        0             0                      –       0/5        0   1 fail: everything
    40        6          1080                      –       0/5     1080   1 fail: post-test, missions
                                                                  40500   32 pass, 8 fail
"""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tourdee.core.dates import at_bangkok
from tourdee.programme import actions, queries
from tourdee.programme.forms.roster import RosterFileForm, read_people
from tourdee.programme.models import Attendance, Certificate, Cohort, Decision, Enrolment, Session

from .factories import citizen_id, make_topics
from .learning import do_missions, make_missions, take_post_test

pytestmark = pytest.mark.django_db
BEFORE, AFTER = at_bangkok(date(2020, 11, 20), 10), at_bangkok(date(2020, 11, 26), 17)


@dataclass(frozen=True)
class Group:
    """Learners who did the same: seats from–to, half-days they came to, minutes late, post-test, missions."""

    seats: range
    half_days: int = 6
    late: int = 0
    post_test: int | None = None
    missions: int = 5


GROUPS = [
    Group(range(1, 29), post_test=80),
    Group(range(29, 33), half_days=5, post_test=60),
    Group(range(33, 35), half_days=4, post_test=90),
    Group(range(35, 37), late=30, post_test=59),
    Group(range(37, 39), post_test=70, missions=4),
    Group(range(39, 40), half_days=0, missions=0),
    Group(range(40, 41), missions=0),
]


def group_of(seat: int) -> Group:
    return next(group for group in GROUPS if seat in group.seats)


@pytest.fixture
def pilot(office, officer) -> Cohort:
    """The pilot with its 40 learners, imported from a file."""
    make_topics()
    cohort = actions.load_pilot(at=BEFORE, signatory_names=("นายสมชาย ใจดี", "นางสาวสมหญิง น้ำใส"))
    lines = ["ชื่อ-นามสกุล,เลขประจำตัวประชาชน,โทรศัพท์มือถือ,กลุ่มเป้าหมาย,จังหวัด"]
    lines += [f"มัคคุเทศก์ ที่ {n},{citizen_id(n)},08100000{n:02d},มัคคุเทศก์,เชียงใหม่" for n in range(1, 41)]
    file = SimpleUploadedFile("roster.csv", "\n".join(lines).replace("มัคคุเทศก์,", "tour_guide,").encode())
    form = RosterFileForm(files={"file": file})
    assert form.is_valid(), form.errors
    upload = actions.keep_roster(cohort=cohort, owner=officer, file_name="roster.csv", rows=form.rows, at=BEFORE)
    people = read_people(form.rows, cohort)
    assert actions.import_roster(upload=upload, lines=people, by=officer, at=BEFORE) == 40
    cohort.refresh_from_db()
    return cohort


def attend(session: Session, learners: list[Enrolment], officer) -> None:
    """The first three half-days by QR and code from their own phones, the others by the staff's ticks."""
    came = [one for one in learners if session.number <= group_of(one.seat_number).half_days]
    if session.number > 3:
        marks = [actions.Mark(enrolment=one, present=True, late_minutes=group_of(one.seat_number).late) for one in came]
        actions.save_register(session=session, marks=marks, by=officer, at=session.ends_at)
        return
    source = "code" if session.number == 3 else "qr"
    for one in came:
        arrived = session.starts_at + timedelta(minutes=group_of(one.seat_number).late)
        device = f"{session.pk}-{one.pk}"
        actions.check_in(session=session, user=one.user, source=source, device=device, arrived_at=arrived, at=arrived)


def learn(learners: list[Enrolment]) -> None:
    missions = make_missions(5)
    for one in learners:
        group = group_of(one.seat_number)
        do_missions(one.user, missions[: group.missions], at=AFTER)
        if group.post_test is not None:
            take_post_test(one.user, group.post_test, at=AFTER)


def test_the_pilot_from_roster_to_forty_decisions(pilot, officer, client_of):
    assert (pilot.seats_taken, pilot.sessions.count()) == (40, 6)
    assert len({topic.topic_id for one in queries.timetable(pilot) for topic in one.topics.all()}) == 9
    learners = list(Enrolment.objects.filter(cohort=pilot).select_related("user"))
    for session in pilot.sessions.all():
        attend(session, learners, officer)
    learn(learners)

    # -------- attendance
    by_source = Counter(Attendance.objects.values_list("source", flat=True))
    assert by_source == {"qr": 39 * 2, "code": 39, "staff": 39 + 37 + 33}
    minutes = queries.hours_of_all(learners)
    assert sum(minutes.values()) == 40_500
    assert Counter(minutes.values()) == {1080: 31, 900: 4, 720: 2, 990: 2, 0: 1}

    # -------- the desk and the decisions
    with CaptureQueriesContext(connection) as asked:
        desk = queries.decision_desk(pilot)
    assert len(asked) <= 12
    lacks = Counter(tuple(line.missing) for line in desk.lines)
    assert lacks == {
        (): 32,
        ("hours",): 2,
        ("post_test",): 2,
        ("missions",): 2,
        ("hours", "post_test", "missions"): 1,
        ("post_test", "missions"): 1,
    }
    with CaptureQueriesContext(connection) as asked:
        assert actions.decide_all(cohort=pilot, by=officer, at=AFTER) == 40
    assert len(asked) <= 16 + 4 * 40
    assert Counter(Decision.objects.values_list("passed", flat=True)) == {True: 32, False: 8}
    failed = Decision.objects.filter(passed=False).order_by("enrolment__seat_number")
    assert list(failed.values_list("enrolment__seat_number", flat=True)) == [33, 34, 35, 36, 37, 38, 39, 40]

    # -------- the table says the same as the screen
    client = client_of(officer)
    with override("en"):
        table = client.get(reverse("decisions_export", args=[pilot.slug, "csv"])).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))[1:]
    assert sum(float(row[2]) for row in rows) == 675.0  # 40,500 minutes
    assert Counter(row[9] for row in rows) == {"Passed": 32, "Not passed": 8}

    # -------- certificates
    issued = actions.issue_certificates(cohort=pilot, by=officer, at=AFTER)
    assert [one.number for one in issued] == [f"DSD-DE {n:04d}/2563" for n in range(1, 33)]
    assert issued[0].dates == "23, 25 และ 26 พฤศจิกายน 2563"
    assert [body["th"] for body in issued[0].bodies][1:] == [
        "สำนักงานพัฒนาธุรกรรมทางอิเล็กทรอนิกส์ (สพธอ.)",
        "สมาคมผู้ประกอบการพาณิชย์อิเล็กทรอนิกส์ไทย",
    ]
    assert Certificate.objects.values("name").distinct().count() == 32
    book = client.get(reverse("certificates_pdf", args=[pilot.slug])).content
    assert b"/Count 32" in book
