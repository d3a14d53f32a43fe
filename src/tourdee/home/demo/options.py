"""What tours of the demo offer beside a seat: extras and pick-up, a boat of one's own, a deposit, a code; and
what guests are asked."""

from datetime import datetime, timedelta

from tourdee.shop.actions.options import ExtraRow, PickupRow, SaleTerms, set_extras, set_pickups, set_sale_terms
from tourdee.shop.actions.questions import Given, QuestionRow, answer_questions, set_questions
from tourdee.shop.actions.vouchers import VoucherTerms, make_voucher
from tourdee.shop.models import Extra, Order, Question, Tour, Voucher

from .cast import person


def load_options(at: datetime) -> None:
    """Dinner and pick-up on the fireflies' boat, private kayaks with a deposit, ten per cent for who comes again."""
    owner, partner = person("somying"), person("somchai")
    fireflies = Tour.objects.filter(shop__owner=owner).select_related("shop").order_by("pk")[1]
    set_extras(
        tour=fireflies, by=owner, at=at,
        rows=[
            ExtraRow(name_th="ข้าวเย็นปิ่นโต กินบนเรือ", name_en="Dinner in a tiffin box, on the boat", price_satang=15000),
            ExtraRow(name_th="เค้กวันเกิดมะพร้าวอ่อน", name_en="Young coconut birthday cake", price_satang=35000,
                     per=Extra.Per.BOOKING, limit=2),
        ],
    )  # fmt: skip
    set_pickups(
        tour=fireflies, by=owner, at=at,
        rows=[
            PickupRow(name_th="หน้าตลาดน้ำอัมพวา", name_en="In front of Amphawa floating market", minutes_before=30),
            PickupRow(name_th="สถานีรถไฟแม่กลอง", name_en="Mae Klong railway station", minutes_before=45, price_satang=5000),
        ],
    )  # fmt: skip
    _ask_guests(fireflies, at)
    kayaks = Tour.objects.get(shop__owner=partner)
    terms = SaleTerms(sold_as=Tour.SoldAs.BOTH, private=[(4, 360000), (8, 600000)], deposit_percent=30, rest_due_days=3)
    set_sale_terms(tour=kayaks, terms=terms, by=partner, at=at)
    code = VoucherTerms(
        code="BANGBUA10", off=Voucher.Off.ALL, percent=10, amount_satang=0, minimum_satang=50000, valid_from=at,
        valid_to=at + timedelta(days=90), limit=50,
    )  # fmt: skip
    make_voucher(shop=fireflies.shop, terms=code, by=owner, at=at)


def _ask_guests(tour: Tour, at: datetime) -> None:
    """What everybody eats, who needs a hand, and numbers for the insurance; the next guests have told of their food."""
    set_questions(
        tour=tour, by=tour.shop.owner, at=at,
        rows=[
            QuestionRow(text_th="กินอาหารแบบไหน", text_en="What do you eat?", kind=Question.Kind.DIET, required=True),
            QuestionRow(text_th="มีผู้สูงอายุหรือเด็กที่ต้องช่วยลงเรือไหม", text_en="Does anybody need a hand to board?",
                        kind=Question.Kind.YES_NO, each_guest=False, before_paying=True),
            QuestionRow(text_th="เลขบัตรประชาชนหรือพาสปอร์ต", text_en="Card or passport number",
                        kind=Question.Kind.ID_NUMBER),
        ],
    )  # fmt: skip
    food = tour.questions.filter(kind=Question.Kind.DIET).get()
    ahead = Order.objects.filter(
        lines__departure__tour=tour, lines__departure__starts_at__gt=at, status=Order.Status.CONFIRMED
    )
    for order in ahead.distinct().order_by("pk")[:2]:
        answer_questions(order=order, given=[Given(question=food.public_id, guest=1, value="halal|ไม่กินกุ้ง")], at=at)
