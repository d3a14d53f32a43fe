"""The pilot of 2563 (2020) as data, and a cohort ahead of today so that the way can be walked now."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from tourdee.core.dates import BUDDHIST_ERA, at_bangkok, bangkok_day
from tourdee.learn.models import Topic
from tourdee.people.models import Organisation

from ..models import AudienceGroup, Cohort, Programme
from .programmes import CohortDetails, ProgrammeDetails, create_cohort, create_programme
from .rules import ensure_rules
from .timetable import SessionDetails, TaughtTopic, add_session, copy_timetable, working_days

PROGRAMME = "digital-community"
PILOT = f"{PROGRAMME}-1"
PILOT_DAYS = (date(2020, 11, 23), date(2020, 11, 25), date(2020, 11, 26))
SEATS = 40
PARTNERS = ("etda", "etda-ecommerce", "etda-internet-for-better-life", "thai-ecommerce-association")
ORGANISATIONS = (
    ("dsd", "office", "กรมพัฒนาฝีมือแรงงาน", "Department of Skill Development (DSD)"),
    ("etda", "partner", "สำนักงานพัฒนาธุรกรรมทางอิเล็กทรอนิกส์ (สพธอ.)", "Electronic Transactions Development Agency"),
    ("etda-ecommerce", "partner", "ทีมอีคอมเมิร์ซ ETDA", "ETDA e-commerce team"),
    (
        "etda-internet-for-better-life",
        "partner",
        "ทีม Internet for Better Life ETDA",
        "ETDA Internet for Better Life team",
    ),
    ("thai-ecommerce-association", "partner", "สมาคมผู้ประกอบการพาณิชย์อิเล็กทรอนิกส์ไทย", "Thai E-Commerce Association"),
)
TEAMS_OF_ETDA = ("etda-ecommerce", "etda-internet-for-better-life")
# Nine topics of two hours on six half-days of three, in the order in which a shop grows: (topic's slug, minutes).
HALF_DAYS = (
    (("basics", 120), ("market", 60)),
    (("market", 60), ("platforms", 120)),
    (("line-oa", 120), ("facebook-page", 60)),
    (("facebook-page", 60), ("content", 120)),
    (("photos", 120), ("legal", 60)),
    (("legal", 60), ("good-crowds", 120)),
)
SIGNATORY_TITLES = ("อธิบดีกรมพัฒนาฝีมือแรงงาน", "ผู้อำนวยการสำนักงานพัฒนาธุรกรรมทางอิเล็กทรอนิกส์")
VENUE = {
    "venue_th": "สำนักงานพัฒนาธุรกรรมทางอิเล็กทรอนิกส์ (สพธอ.)",
    "venue_en": "The office of the Electronic Transactions Development Agency (ETDA)",
}


class CurriculumMissing(Exception):
    """The nine topics are not loaded yet; load the curriculum first."""


@transaction.atomic
def load_pilot(*, at: datetime, signatory_names: Sequence[str] = ("", "")) -> Cohort:
    """Partners, programme, signatories, rules and the pilot cohort with its timetable. Returns the cohort.

    What is there already stays as it is, so the office's own changes survive. The names of the signatories are the
    office's to fill in. Raises CurriculumMissing.
    """
    topics = _topics()
    _organisations()
    ensure_rules()
    programme = Programme.objects.filter(slug=PROGRAMME).first() or _programme(signatory_names, at)
    cohort = Cohort.objects.filter(slug=PILOT).first()
    if cohort is None:
        cohort = create_cohort(programme=programme, details=_pilot_details(), by=None, at=at)
        Cohort.objects.filter(pk=cohort.pk).update(status=Cohort.Status.CLOSED)
        _half_days(cohort, topics, at)
        cohort.refresh_from_db()
    return cohort


@transaction.atomic
def open_cohort_ahead(*, at: datetime) -> Cohort:
    """A cohort of the pilot's programme that takes applications now: three working days, two weeks ahead.

    One that is open already is returned instead. Needs ``load_pilot`` first.
    """
    programme = Programme.objects.get(slug=PROGRAMME)
    running = programme.cohorts.filter(status=Cohort.Status.OPEN, applications_close_at__gt=at).first()
    if running:
        return running
    days = working_days(bangkok_day(at) + timedelta(days=14), len(PILOT_DAYS))
    cohort = create_cohort(programme=programme, details=_details_ahead(programme, days), by=None, at=at)
    Cohort.objects.filter(pk=cohort.pk).update(status=Cohort.Status.OPEN)
    copy_timetable(source=Cohort.objects.get(slug=PILOT), cohort=cohort, by=None, at=at)
    cohort.refresh_from_db()
    return cohort


def _topics() -> dict[str, Topic]:
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    missing = {slug for half_day in HALF_DAYS for slug, _minutes in half_day} - set(topics)
    if missing:
        raise CurriculumMissing(", ".join(sorted(missing)))
    return topics


def _organisations() -> None:
    for slug, kind, name_th, name_en in ORGANISATIONS:
        names = {"kind": kind, "name_th": name_th, "name_en": name_en}
        Organisation.objects.get_or_create(slug=slug, defaults=names)
    Organisation.objects.filter(slug__in=TEAMS_OF_ETDA, parent=None).update(
        parent=Organisation.objects.get(slug="etda")
    )


def _programme(signatory_names: Sequence[str], at: datetime) -> Programme:
    details = ProgrammeDetails(
        name_th="หลักสูตรดิจิทัลเทคโนโลยีเพื่อพัฒนาเศรษฐกิจชุมชน",
        name_en="Digital technology to develop the community economy",
        purpose_th="พัฒนากำลังแรงงานให้มีความรู้ด้านพาณิชย์อิเล็กทรอนิกส์ และสร้างมัคคุเทศก์คุณภาพยุคดิจิทัล "
        "ให้ขายสินค้าและบริการของชุมชนทางออนไลน์ได้อย่างถูกต้องตามกฎหมาย มีรายได้และอาชีพที่ยั่งยืน",
        purpose_en="A work force that knows e-commerce and quality guides for the digital era, who sell the goods and "
        "services of their communities online, correctly and legally, and live from it lastingly.",
        audience=[group.value for group in AudienceGroup],
        hours=18,
        certificate_prefix="DSD-DE",
        partners=list(Organisation.objects.filter(slug__in=PARTNERS)),
        signatories=list(zip(signatory_names, SIGNATORY_TITLES, strict=True)),
    )
    office = Organisation.objects.get(slug="dsd")
    return create_programme(office=office, slug=PROGRAMME, details=details, by=None, at=at)


def _pilot_details() -> CohortDetails:
    return CohortDetails(
        name_th="รุ่นที่ 1 (นำร่องมัคคุเทศก์)",
        name_en="Cohort 1 (pilot for tour guides)",
        audience_group=AudienceGroup.TOUR_GUIDE,
        seats=SEATS,
        target=SEATS,
        applications_close_at=at_bangkok(PILOT_DAYS[0] - timedelta(days=1), 16, 30),
        starts_on=PILOT_DAYS[0],
        ends_on=PILOT_DAYS[-1],
        **VENUE,
    )


def _details_ahead(programme: Programme, days: Sequence[date]) -> CohortDetails:
    number = programme.cohorts.count() + 1
    year = days[0].year
    return CohortDetails(
        name_th=f"รุ่นที่ {number} ปี {year + BUDDHIST_ERA}",
        name_en=f"Cohort {number}, {year}",
        seats=SEATS,
        target=SEATS,
        applications_close_at=at_bangkok(days[0] - timedelta(days=3), 16, 30),
        starts_on=days[0],
        ends_on=days[-1],
        **VENUE,
    )


def _half_days(cohort: Cohort, topics: dict[str, Topic], at: datetime) -> None:
    teams = {team.slug: team for team in Organisation.objects.all()}
    starts = [(day, hour) for day in PILOT_DAYS for hour in (9, 13)]
    for (day, hour), half_day in zip(starts, HALF_DAYS, strict=True):
        taught = [
            TaughtTopic(topic=topics[slug], minutes=minutes, team=teams[topics[slug].team])
            for slug, minutes in half_day
        ]
        details = SessionDetails(starts_at=at_bangkok(day, hour), ends_at=at_bangkok(day, hour + 3), topics=taught)
        add_session(cohort=cohort, details=details, by=None, at=at)
