"""Questions to guests: set, answered before paying or later, told to the guide, numbers locked away and erased in time."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tourdee import events
from tourdee.core.models import AuditLine
from tourdee.people.models import Consent

from ..actions.money import record_manual_payment
from ..actions.orders import cancel_order
from ..actions.questions import (
    AnswersClosed,
    Given,
    NumberErased,
    answer_questions,
    erase_answers_due,
    read_number,
    remind_of_questions,
)
from ..models import Answer, Order, OrderNote, Question, Shop
from ..queries.checkin import day_for_phone
from ..queries.questions import asked_of_order, told_by_order
from .factories import a_departure, a_question, a_shop, a_tour, an_order, in_days, seats

pytestmark = pytest.mark.django_db
CITIZEN = "1101700230708"


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def tour(shop):
    return a_tour(shop)


@pytest.fixture
def departure(tour, at):
    return a_departure(tour, starts_at=in_days(at, 5))


def given(question, value, guest=1):
    return Given(question=question.public_id, guest=guest, value=value)


def confirmed(shop, departure, at, people=2):
    order = an_order(shop, seats(departure, people), at=at)
    record_manual_payment(order=order, satang=order.total_satang, by=shop.owner, at=at, reference=order.code)
    order.refresh_from_db()
    return order


def test_a_shop_that_asks_nothing_is_asked_for_no_questions(shop, departure, at, django_assert_num_queries):
    order = an_order(shop, seats(departure), at=at)
    lines = list(order.lines.select_related("departure"))
    with django_assert_num_queries(0):
        assert asked_of_order(order, lines) == []
        assert told_by_order([departure]) == {}


@pytest.mark.parametrize("number", [1, 3])
def test_the_questions_of_an_order_take_two_queries(shop, tour, departure, at, number, django_assert_num_queries):
    for _ in range(number):
        a_question(tour)
    shop.refresh_from_db()
    order = an_order(shop, seats(departure), at=at)
    lines = list(order.lines.select_related("departure"))
    with django_assert_num_queries(2):
        assert len(asked_of_order(order, lines)) == 2 * number


def test_what_must_be_known_before_paying_is_asked_with_the_details(shopper, tour, departure):
    before, later = a_question(tour, text_th="แพ้อะไร", before_paying=True, each_guest=False), a_question(tour)
    shopper.choose(departure=departure, category=tour.prices.first())
    missing = shopper.details()
    name = f"guest-{before.public_id}-0"
    assert (missing.status_code, list(missing.context["answers"].errors)) == (200, [f"{before.public_id}-0"])
    assert later.public_id not in missing.content.decode()
    order = shopper.order(**{name: "กุ้ง"})
    assert list(Answer.objects.values_list("order", "question", "guest", "value")) == [(order.pk, before.pk, 0, "กุ้ง")]


def test_the_checkout_keeps_what_was_typed_where_an_answer_is_missing(shopper, tour, departure):
    question = a_question(tour, before_paying=True)
    shopper.choose(departure=departure, category=tour.prices.first())
    page = shopper.details(name="Nok", **{f"guest-{question.public_id}-1": "ไม่กินเผ็ด"}).content.decode()
    assert 'value="Nok"' in page
    assert 'value="ไม่กินเผ็ด"' in page


def test_the_rest_is_answered_by_the_orders_link_and_may_be_corrected(client, clock, shop, tour, departure, at):
    diet = a_question(tour, kind="diet")
    order = confirmed(shop, departure, at)
    url = reverse("order_questions", args=[order.secret])
    assert url in client.get(reverse("order_status", args=[order.secret])).content.decode()
    first, second = (f"guest-{diet.public_id}-{guest}" for guest in (1, 2))
    client.post(url, {first: "halal", f"{first}-more": "no shrimp", second: ""})
    assert list(Answer.objects.values_list("guest", "value")) == [(1, "halal|no shrimp")]
    client.post(url, {first: "vegan", second: "all"})
    assert list(Answer.objects.values_list("guest", "value")) == [(1, "vegan"), (2, "all")]
    assert OrderNote.objects.filter(order=order, kind="questions_answered").count() == 2


def test_the_same_answer_again_leaves_no_second_note(shop, tour, departure, at):
    question, order = a_question(tour), confirmed(shop, departure, at)
    for _ in range(2):
        answer_questions(order=order, given=[given(question, "ไม่มี")], at=at)
    assert OrderNote.objects.filter(order=order, kind="questions_answered").count() == 1


def test_answers_are_closed_at_the_start(client, clock, shop, tour, departure, at):
    question, order = a_question(tour), confirmed(shop, departure, at)
    with pytest.raises(AnswersClosed):
        answer_questions(order=order, given=[given(question, "x")], at=departure.starts_at)
    clock(departure.starts_at)
    assert client.get(reverse("order_questions", args=[order.secret])).url == reverse(
        "order_status", args=[order.secret]
    )


def test_a_cancelled_order_takes_no_answers(shop, tour, departure, at):
    question, order = a_question(tour), an_order(shop, seats(departure), at=at)
    cancel_order(order=order, by="buyer", at=at)
    with pytest.raises(AnswersClosed):
        answer_questions(order=order, given=[given(question, "x")], at=at)


def test_a_question_of_another_tour_is_not_answered(shop, tour, departure, at):
    foreign, order = a_question(a_tour(shop)), confirmed(shop, departure, at)
    answer_questions(order=order, given=[given(foreign, "CANARY")], at=at)
    assert not Answer.objects.exists()


@pytest.fixture
def numbered(shop, tour, departure, at):
    """A confirmed order whose first guest gave the number of a card."""
    question, order = a_question(tour, kind="id_number"), confirmed(shop, departure, at)
    answer_questions(order=order, given=[given(question, CITIZEN)], at=at)
    return Answer.objects.get()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1-1017-00230-70-8", "0708"),
        ("๑๑๐๑๗๐๐๒๓๐๗๐๘", "0708"),
        ("aa 1234567", "4567"),
        ("1101700230709", None),
        ("123", None),
    ],
)
def test_a_number_is_a_right_citizen_id_or_a_passport(client, clock, shop, tour, departure, at, typed, kept):
    question, order = a_question(tour, kind="id_number"), confirmed(shop, departure, at)
    url = reverse("order_questions", args=[order.secret])
    answer = client.post(url, {f"guest-{question.public_id}-1": typed})
    assert answer.status_code == (302 if kept else 200)
    assert list(Answer.objects.values_list("last_signs", flat=True)) == ([kept] if kept else [])


def test_a_number_stands_sealed_and_is_shown_masked(client, clock, owner, numbered, departure):
    assert CITIZEN not in numbered.sealed + numbered.value
    client.force_login(owner)
    pages = [reverse("manifest", args=[departure.public_id]), reverse("manifest_csv", args=[departure.public_id]),
             reverse("order_questions", args=[numbered.order.secret])]  # fmt: skip
    for url in pages:
        page = client.get(url).content.decode()
        assert (CITIZEN in page, "•••• 0708" in page) == (False, True)


def test_a_number_is_opened_by_a_deliberate_tap_that_is_written_down(client, clock, owner, numbered, departure):
    client.force_login(owner)
    url = reverse("guest_number", args=[departure.public_id, numbered.public_id])
    assert CITIZEN not in client.get(url).content.decode()
    assert not AuditLine.objects.filter(act="order.number_read").exists()
    assert CITIZEN in client.post(url).content.decode()
    entry = AuditLine.objects.get(act="order.number_read")
    assert CITIZEN not in entry.text


def test_the_insurers_list_has_the_numbers_and_leaves_a_line_for_each(client, clock, owner, numbered, departure):
    client.force_login(owner)
    url = reverse("insurance_list", args=[departure.public_id])
    assert CITIZEN not in client.get(url).content.decode()
    assert CITIZEN in client.post(url).content.decode("utf-8-sig")
    assert AuditLine.objects.filter(act="order.number_read").count() == 1


def test_another_seller_sees_no_number(client, clock, stranger, numbered, departure, at):
    a_shop(stranger)
    client.force_login(stranger)
    answers = [
        client.post(reverse("guest_number", args=[departure.public_id, numbered.public_id])),
        client.post(reverse("insurance_list", args=[departure.public_id])),
        client.get(reverse("manifest_csv", args=[departure.public_id])),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_a_number_of_another_date_is_not_opened_through_ones_own(client, clock, stranger, numbered, at):
    mine = a_departure(a_tour(a_shop(stranger)), starts_at=in_days(at, 5))
    client.force_login(stranger)
    url = reverse("guest_number", args=[mine.public_id, numbered.public_id])
    assert client.post(url).status_code == 404


def test_no_order_is_kept_without_the_answers_that_came_with_it(shopper, tour, departure, monkeypatch):
    question = a_question(tour, before_paying=True, each_guest=False)
    shopper.choose(departure=departure, category=tour.prices.first())

    def dies(**_answers):
        raise RuntimeError("the power is gone")

    monkeypatch.setattr("tourdee.shop.actions.checkout.answer_questions", dies)
    with pytest.raises(RuntimeError):
        shopper.details(**{f"guest-{question.public_id}-0": "กุ้ง"})
    departure.refresh_from_db()
    assert (Order.objects.count(), Consent.objects.count(), departure.taken) == (0, 0, 0)


def test_numbers_are_erased_thirty_days_after_the_start(numbered, departure, owner, at):
    assert erase_answers_due(departure.starts_at + timedelta(days=29)) == 0
    late = departure.starts_at + timedelta(days=30)
    assert [erase_answers_due(late), erase_answers_due(late)] == [1, 0]
    numbered.refresh_from_db()
    assert (numbered.sealed, numbered.last_signs, numbered.erased_at) == ("", "", late)
    with pytest.raises(NumberErased):
        read_number(answer=numbered, by=owner, at=late)


def test_what_guests_eat_is_erased_with_the_numbers_and_the_host_says_when(shop, tour, departure, at, settings):
    settings.GUEST_ANSWERS_KEPT_DAYS = 3
    diet, order = a_question(tour, kind="diet"), confirmed(shop, departure, at)
    answer_questions(order=order, given=[given(diet, "halal|แพ้กุ้ง")], at=at)
    assert erase_answers_due(departure.starts_at + timedelta(days=2)) == 0
    assert erase_answers_due(departure.starts_at + timedelta(days=3)) == 1
    departure.tour.shop.refresh_from_db()
    assert Answer.objects.get().value == ""
    assert [one.answer for one in told_by_order([departure])[order.pk]] == ["ลบแล้ว"]


def test_the_pages_that_ask_say_how_long_answers_are_kept(client, clock, owner, shop, tour, departure, at, settings):
    settings.GUEST_ANSWERS_KEPT_DAYS = 17
    a_question(tour, kind="id_number")
    order = confirmed(shop, departure, at)
    assert client.get(reverse("order_questions", args=[order.secret])).content.decode().count("17 วัน") == 3
    client.force_login(owner)
    assert "17 วัน" in client.get(reverse("tour_questions", args=[tour.public_id])).content.decode()


def test_from_the_sellers_question_to_the_erased_answer(client, shopper, clock, owner, shop, tour, departure, at):
    """The whole way of three questions, through the pages that people see."""
    client.force_login(owner)
    client.post(reverse("tour_questions", args=[tour.public_id]), _three_questions())
    words, diet, number = tour.questions.order_by("position")

    shopper.choose(departure=departure, category=tour.prices.first(), quantity=1)
    order = shopper.order(**{f"guest-{words.public_id}-0": "ที่นั่งเด็ก"})
    record_manual_payment(order=order, satang=order.total_satang, by=owner, at=at, reference="x")
    link = reverse("order_questions", args=[order.secret])
    shopper.post(link, {f"guest-{words.public_id}-0": "ที่นั่งเด็ก", f"guest-{diet.public_id}-1": "halal",
                        f"guest-{number.public_id}-1": CITIZEN})  # fmt: skip
    listed = client.get(reverse("manifest", args=[departure.public_id])).content.decode()
    assert ["ที่นั่งเด็ก" in listed, "ฮาลาล" in listed, "•••• 0708" in listed, CITIZEN in listed] == [
        True,
        True,
        True,
        False,
    ]

    clock(in_days(departure.starts_at, -1))
    phone = client.get(reverse("check_in_day")).json()["departures"][0]["bookings"][0]["answers"]
    assert phone == ["ขออะไรเป็นพิเศษ: ที่นั่งเด็ก", "1. อาหาร: ฮาลาล"]

    opened = reverse("guest_number", args=[departure.public_id, Answer.objects.get(question=number).public_id])
    assert CITIZEN in client.post(opened).content.decode()
    assert AuditLine.objects.get(act="order.number_read").actor == owner.public_id

    assert erase_answers_due(in_days(departure.starts_at, 30)) == 3
    listed = client.get(reverse("manifest", args=[departure.public_id])).content.decode()
    assert ["ที่นั่งเด็ก" in listed, "ฮาลาล" in listed, "0708" in listed] == [False, False, False]
    assert client.post(opened).status_code == 404


def _three_questions():
    rows = [
        {"text_th": "ขออะไรเป็นพิเศษ", "kind": "text", "each_guest": "", "when": "before", "required": "on"},
        {"text_th": "อาหาร", "kind": "diet", "each_guest": "1", "when": "later"},
        {"text_th": "เลขบัตร", "kind": "id_number", "each_guest": "1", "when": "later"},
    ]
    typed = {f"row-{place}-{name}": said for place, one in enumerate(rows) for name, said in one.items()}
    return {"row-TOTAL_FORMS": "3", "row-INITIAL_FORMS": "0"} | typed


def test_numbers_of_a_cancelled_order_are_erased_at_once(numbered, at):
    cancel_order(order=numbered.order, by="buyer", at=at)
    assert erase_answers_due(at) == 1


def test_numbers_go_with_the_shops_owner(numbered, owner, deliver_events):
    events.publish(events.PersonErased(user=owner.public_id))
    deliver_events()
    numbered.refresh_from_db()
    assert numbered.sealed == ""


def test_the_phone_at_the_meeting_point_knows_food_but_no_number(shop, tour, owner, at):
    today = a_departure(tour, starts_at=at + timedelta(hours=30))
    diet, number = a_question(tour, kind="diet", text_th="อาหาร"), a_question(tour, kind="id_number")
    order = confirmed(shop, today, at)
    answer_questions(order=order, given=[given(diet, "halal|ไม่กินกุ้ง"), given(number, CITIZEN)], at=at)
    booking = day_for_phone(owner, at)["departures"][0]["bookings"][0]
    assert booking["answers"] == ["1. อาหาร: ฮาลาล, ไม่กินกุ้ง"]


@pytest.mark.parametrize("people", [1, 3])
def test_the_manifests_answers_take_one_query(shop, tour, departure, at, people, django_assert_num_queries):
    question = a_question(tour)
    for _ in range(people):
        answer_questions(order=confirmed(shop, departure, at, 1), given=[given(question, "x")], at=at)
    departure.tour.shop.refresh_from_db()
    with django_assert_num_queries(1):
        assert len(told_by_order([departure])) == people


def test_who_owes_an_answer_is_reminded_once_when_the_day_is_near(shop, tour, departure, at):
    question, order = a_question(tour), confirmed(shop, departure, at)
    near = in_days(departure.starts_at, -2)
    assert [remind_of_questions(at), remind_of_questions(near), remind_of_questions(near)] == [0, 1, 0]
    other = confirmed(shop, departure, at)
    answer_questions(order=other, given=[given(question, "x", 1), given(question, "y", 2)], at=at)
    assert (remind_of_questions(near), order.notes.filter(kind="questions_reminded").count()) == (0, 1)


def row(**typed):
    values = {"text_th": "อาหารที่แพ้", "kind": "text", "each_guest": "1", "when": "later"} | typed
    return {"row-TOTAL_FORMS": "1", "row-INITIAL_FORMS": "0"} | {f"row-0-{name}": said for name, said in values.items()}


def test_the_seller_sets_changes_and_puts_aside_a_question(client, tour, owner):
    client.force_login(owner)
    url = reverse("tour_questions", args=[tour.public_id])
    client.post(url, row(kind="choice", choices_th="S\n\n M", required="on"))
    made = Question.objects.get()
    assert (made.kind, made.choices_th, made.required, Shop.objects.get().asks_guests) == ("choice", "S\nM", True, True)
    client.post(url, row(public_id=made.public_id, kind="text", text_th="ไซซ์", each_guest=""))
    made.refresh_from_db()
    assert (made.kind, made.text_th, made.each_guest) == ("choice", "ไซซ์", False)
    client.post(url, row(public_id=made.public_id, remove="on"))
    assert (Question.objects.get().is_active, Shop.objects.get().asks_guests) == (False, False)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": "choice", "choices_th": "S"}, "choices_th"),
        ({"kind": "choice", "choices_th": "S\nM", "choices_en": "S"}, "choices_en"),
        ({"kind": "id_number", "when": "before"}, "when"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_at_its_field(client, tour, owner, typed, field):
    client.force_login(owner)
    answer = client.post(reverse("tour_questions", args=[tour.public_id]), row(**typed))
    assert list(answer.context["rows"].errors[0]) == [field]
    assert not Question.objects.exists()


def test_another_sellers_question_is_not_changed_by_naming_it(client, tour, owner):
    foreign = a_question(a_tour(a_shop()), text_th="CANARY")
    client.force_login(owner)
    client.post(reverse("tour_questions", args=[tour.public_id]), row(public_id=foreign.public_id, text_th="x"))
    foreign.refresh_from_db()
    assert (foreign.text_th, foreign.is_active, tour.questions.count()) == ("CANARY", True, 0)
