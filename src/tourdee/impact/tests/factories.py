"""A small cohort whose results can be counted by hand, made of the other rooms' rows and sold by the shop's own acts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tourdee.core.dates import at_bangkok
from tourdee.people.models import Organisation, User
from tourdee.programme.models import Application, Attendance, Cohort, Decision, Enrolment, Session
from tourdee.programme.tests import factories as programme
from tourdee.shop.actions.cancellation import cancel_order, record_refund
from tourdee.shop.actions.payments import record_manual_payment
from tourdee.shop.models import Order, Product, Shop, Tour
from tourdee.shop.tests import factories as shop

from ..models import FollowUp

STARTS = date(2026, 8, 10)
SEATED = at_bangkok(date(2026, 7, 20), 10)
DECIDED = at_bangkok(date(2026, 8, 13), 10)
OPENED = at_bangkok(date(2026, 8, 11), 15)


@dataclass(frozen=True)
class Small:
    """The cohort with its six seats by name."""

    cohort: Cohort
    session: Session
    mali: Enrolment
    bua: Enrolment
    kan: Enrolment
    champi: Enrolment
    kaeo: Enrolment
    khwan: Enrolment


def make_finished_cohort(office: Organisation, **values: object) -> Cohort:
    """A cohort of ten seats and a plan of six, held from 10 to 12 August 2026."""
    defaults = {"seats": 10, "target": 6, "starts_on": STARTS, "status": Cohort.Status.FINISHED}
    return programme.make_cohort(office, **{**defaults, **values})


def make_learner(
    cohort: Cohort, name: str, group: str = "tour_guide", province: int = 50, at: datetime = SEATED
) -> Enrolment:
    """A seat since 20 July 2026."""
    user = programme.make_user(name)
    return programme.make_enrolment(cohort, user, at=at, audience_group=group, province=province)


def attended(enrolment: Enrolment, session: Session, minutes: int = 180) -> None:
    """That the learner was there."""
    Attendance.objects.create(
        enrolment=enrolment, session=session, minutes=minutes, source=Attendance.Source.STAFF, at=session.starts_at,
        status=Attendance.Status.PRESENT if minutes else Attendance.Status.ABSENT,
    )  # fmt: skip


def decided(enrolment: Enrolment, by: User, *, passed: bool = True) -> None:
    """That the learner passed, or not."""
    Decision.objects.create(enrolment=enrolment, passed=passed, rule={}, figures={}, decided_at=DECIDED, decided_by=by)


def open_shop(enrolment: Enrolment) -> Shop:
    """The learner's own shop, open since the second day of the course."""
    return shop.a_shop(enrolment.user, opened_at=OPENED)


def put_tour_on_sale(owner_shop: Shop, **columns: object) -> Tour:
    """A published tour, adults ฿1,200."""
    return shop.a_tour(owner_shop, published_at=OPENED, **columns)


def sell_seats(tour: Tour, quantity: int, *, at: datetime, starts_at: datetime) -> Order:
    """Adults at ฿1,200, paid six minutes after."""
    departure = shop.a_departure(tour, starts_at=starts_at)
    return paid(shop.an_order(tour.shop, shop.seats(departure, quantity), at=at), at)


def sell_goods(owner_shop: Shop, *, at: datetime) -> Order:
    """One cloth at ฿350 and ฿50 for the parcel."""
    variant = shop.a_product(owner_shop)
    Product.objects.filter(pk=variant.product_id).update(published_at=OPENED)
    return paid(shop.an_order(owner_shop, shop.goods(variant), at=at), at)


def paid(order: Order, at: datetime) -> Order:
    """The payee found all the money."""
    record_manual_payment(
        order=order, by=order.seller.owner, satang=order.total_satang, reference=f"T-{order.code}", at=at
    )
    order.refresh_from_db()
    return order


def make_small_cohort(office: Organisation, officer: User) -> Small:
    """Six seats, two more applications. Mali sells two tours, of which one is half given back; Bua sells a cloth before
    she had her seat and one after the course, and says that she earns less; Kan has no shop and says that she earns more; Champi
    passed and is silent; Kaeo did not pass and sells under a partner's licence; Khwan never came."""
    cohort = make_finished_cohort(office)
    session = programme.make_session(cohort, number=1)
    small = Small(
        cohort,
        session,
        mali=make_learner(cohort, "มะลิ ดอกไม้"),
        bua=make_learner(cohort, "บัว นาข้าว"),
        kan=make_learner(cohort, "ก้าน ไผ่งาม", "community_enterprise", 57),
        champi=make_learner(cohort, "จำปี หอมไกล", "community_enterprise", 57),
        kaeo=make_learner(cohort, "แก้ว น้ำใส", "informal_worker"),
        khwan=make_learner(cohort, "ขวัญ เมืองเหนือ", "informal_worker"),
    )
    programme.make_application(cohort, at=SEATED, status=Application.Status.REFUSED, reason="เต็ม")
    programme.make_application(cohort, at=SEATED, status=Application.Status.WAITING, waiting_number=1)
    for enrolment in (small.mali, small.bua, small.kan, small.champi, small.kaeo):
        attended(enrolment, session)
    attended(small.khwan, session, minutes=0)
    for enrolment in (small.mali, small.bua, small.kan, small.champi):
        decided(enrolment, officer)
    decided(small.kaeo, officer, passed=False)
    _sales(small)
    asked(small.bua, FollowUp.Answer.EARNS_LESS)
    asked(small.kan, FollowUp.Answer.EARNS_MORE)
    asked(small.champi, FollowUp.Answer.NONE)
    return small


def _sales(small: Small) -> None:
    """฿2,400 in September and ฿1,200 of ฿2,400 in November for Mali, ฿400 in October for Bua, ฿1,200 in November for
    Kaeo. Mali's second sale was paid at 3 in the morning of 1 November in Bangkok, when London had October still."""
    tour = put_tour_on_sale(open_shop(small.mali))
    sell_seats(tour, 2, at=at_bangkok(date(2026, 9, 5), 9), starts_at=at_bangkok(date(2026, 9, 12), 9))
    starts = at_bangkok(date(2026, 11, 10), 9)
    order = sell_seats(tour, 2, at=at_bangkok(date(2026, 11, 1), 3), starts_at=starts)
    two_days_before = at_bangkok(date(2026, 11, 8), 9)
    cancel_order(order=order, by="buyer", at=two_days_before)
    record_refund(order=order, satang=120000, reference="R-1", by=small.mali.user, at=two_days_before)
    woven = open_shop(small.bua)
    sell_goods(woven, at=SEATED - timedelta(minutes=1))
    sell_goods(woven, at=at_bangkok(date(2026, 10, 15), 12))
    guide = open_shop(small.kaeo)
    led = put_tour_on_sale(guide, operator=shop.an_operator(guide.business))
    sell_seats(led, 1, at=at_bangkok(date(2026, 11, 2), 12), starts_at=starts)


def asked(enrolment: Enrolment, answer: str, months: int = 3, **values: object) -> FollowUp:
    """A follow-up three months after the course, answered or not."""
    answered_at = None if answer == FollowUp.Answer.NONE else at_bangkok(date(2026, 11, 14), 10)
    defaults = {"due_on": date(2026, 11, 12), "answer": answer, "answered_at": answered_at}
    return FollowUp.objects.create(enrolment=enrolment, months=months, **{**defaults, **values})
