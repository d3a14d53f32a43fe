"""Put the demo together. Each step looks whether it is done already, so a broken start can simply be repeated."""

from datetime import date, datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import module_has_submodule
from django_tasks_db.models import DBTaskResult

from tourdee.core.dates import at_bangkok, bangkok_day
from tourdee.people.models import Community, User
from tourdee.programme.actions import applications, certificates, decisions, pilot, programmes, timetable
from tourdee.programme.models import AudienceGroup, Cohort, Programme
from tourdee.shop.models import Order, Shop

from . import names
from .afterwards import load_follow_ups
from .cast import e_mail, load_community, load_people, load_roles, person
from .cohorts import Learner, enrol, learners
from .costs import load_costs
from .dates import load_dates
from .goods import load_goods
from .listings import load_listings
from .money import load_money_services
from .options import load_options
from .pictures import draw_all
from .sales import load_sales
from .shops import load_shops, wanted_pictures
from .talks import load_talks
from .waiting import load_waiting

SIGNATORIES = ("นายประสิทธิ์ วงศ์ไทย", "นางสาวดารณี แสงทอง")
COMMUNITIES = "digital-community-2"
GROUPS = (
    AudienceGroup.COMMUNITY_ENTERPRISE, AudienceGroup.TOUR_GUIDE, AudienceGroup.INFORMAL_WORKER,
    AudienceGroup.SMALL_ENTREPRENEUR, AudienceGroup.LAID_OFF, AudienceGroup.NEW_GRADUATE,
)  # fmt: skip


def load(at: datetime) -> bool:
    """Load what is missing. Returns whether anything was. A demo of weeks ago gets a cohort ahead of today anew, so that
    the way can be walked in it still."""
    if Order.objects.filter(idempotency_key="demo-1").exists():
        return _open_again(at)
    pilot_cohort = pilot.load_pilot(at=at, signatory_names=SIGNATORIES)
    load_people()
    load_roles()
    _pilot(pilot_cohort)
    _second_cohort(at)
    _cohort_ahead(at)
    _market(at)
    load_costs(at)
    load_follow_ups(at)
    load_sales(at)
    load_waiting(at)
    load_money_services(at)
    load_goods(at)
    load_talks(at)
    load_options(at)
    load_listings(at)
    _load_channels(at)
    _announce_nothing()
    return True


def _open_again(at: datetime) -> bool:
    """A cohort that takes applications, if there is none any more. Returns whether there was none."""
    before = Cohort.objects.count()
    pilot.open_cohort_ahead(at=at)
    return Cohort.objects.count() > before


def _load_channels(at: datetime) -> None:
    """What a channel shows of itself stands in its own ``demo``, so the demo does without any of them."""
    for name in settings.CHANNELS:
        if module_has_submodule(import_module(name), "demo"):
            import_module(f"{name}.demo").load(at)


@transaction.atomic
def _pilot(cohort: Cohort) -> None:
    """Forty tour guides, 2563."""
    if not cohort.enrolments.exists():
        enrol(cohort, learners(0, cohort.seats, (AudienceGroup.TOUR_GUIDE,)), {})
        _finish(cohort)


@transaction.atomic
def _second_cohort(at: datetime) -> None:
    """Thirty learners of all groups, fifteen weeks ago, so that they were asked once how it is going; the shop owners of the demo are among them."""
    if Cohort.objects.filter(slug=COMMUNITIES).exists():
        return
    start = timetable.working_days(bangkok_day(at) - timedelta(weeks=15), 1)[0]
    cohort = programmes.create_cohort(
        programme=Programme.objects.get(slug=pilot.PROGRAMME), details=_details(start), by=None, at=at
    )
    timetable.copy_timetable(source=Cohort.objects.get(slug=pilot.PILOT), cohort=cohort, by=None, at=at)
    last = cohort.sessions.order_by("starts_at").last()
    Cohort.objects.filter(pk=cohort.pk).update(ends_on=bangkok_day(last.starts_at) if last else start)
    cohort.refresh_from_db()
    special = {1: person("somying"), 2: person("nakha"), 3: person("somchai")}
    enrol(cohort, learners(100, 30, tuple(GROUPS)), special)
    _finish(cohort)


def _details(start: date) -> programmes.CohortDetails:
    return programmes.CohortDetails(
        name_th="รุ่นที่ 2 (ชุมชนและแรงงานนอกระบบ)", name_en="Cohort 2 (communities and informal workers)",
        venue_th=pilot.VENUE["venue_th"], venue_en=pilot.VENUE["venue_en"], seats=30, target=32,
        applications_close_at=at_bangkok(start, 16) - timedelta(days=7), starts_on=start, ends_on=start + timedelta(days=4),
    )  # fmt: skip


def _finish(cohort: Cohort) -> None:
    """Decisions and certificates, signed by the officer on the day after."""
    officer, day_after = person("wipa"), at_bangkok(cohort.ends_on, 10) + timedelta(days=1)
    decisions.decide_all(cohort=cohort, by=officer, at=day_after)
    certificates.issue_certificates(cohort=cohort, by=officer, at=day_after)
    Cohort.objects.filter(pk=cohort.pk).update(status=Cohort.Status.FINISHED)


def _cohort_ahead(at: datetime) -> None:
    """The cohort that takes applications now, with some on the officer's desk."""
    cohort = pilot.open_cohort_ahead(at=at)
    if cohort.applications.exists():
        return
    for learner in learners(200, 9, tuple(GROUPS)):
        _apply(cohort, learner, at)


def _apply(cohort: Cohort, learner: Learner, at: datetime) -> None:
    user = User.objects.create_user(
        e_mail(f"learner{learner.number:03d}"),
        phone=names.phone(learner.number),
        name=names.learner_name(learner.number),
    )
    answers = applications.Answers(
        name=user.name, phone=user.phone or "", email=user.email or "", citizen_id=names.citizen_id(learner.number),
        audience_group=learner.group, province=names.PROVINCES[learner.number % len(names.PROVINCES)],
        works_as="รับจ้างทั่วไปและพาเที่ยววันหยุด", wants_to_sell="ทัวร์เดินเมืองเก่าและขนมของแม่", income_before_satang=900_000,
    )  # fmt: skip
    applications.submit_application(
        cohort=cohort, user=user, answers=answers, at=at - timedelta(hours=learner.number % 40)
    )


def _market(at: datetime) -> None:
    """Pictures, the community, the shops. Pictures are drawn before the first row, so a broken start leaves no half shop."""
    if Shop.objects.exists():
        return
    pictures = draw_all([("community_village", 1), *wanted_pictures()])
    with transaction.atomic():
        community: Community = load_community(pictures[("community_village", 1)].path)
        load_shops(pictures, community, at)
        load_dates(at)


def _announce_nothing() -> None:
    """What the loading would tell happened weeks ago: nobody gets a message about it."""
    DBTaskResult.objects.all().delete()
