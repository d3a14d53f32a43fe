"""Answers to words: the seller's own first, then those that every shop knows."""

import pytest

from tourdee.shop.tests.factories import a_shop

from ..actions.chat_shop import answer_text
from ..actions.keyword_answers import MOST_ANSWERS, TooManyAnswers, add_answer
from ..models import KeywordAnswer
from ..queries.answers import tile_meant


@pytest.fixture
def parking(shop, at) -> KeywordAnswer:
    return add_answer(shop=shop, words=["จอดรถ", "ที่จอด"], answer="จอดฟรีหน้าประตูท่าแพ", shows="", is_active=True, at=at)


def test_a_word_of_the_sellers_is_answered_and_counted(talk, parking):
    assert answer_text(talk, "มีที่จอดไหมคะ", by_person=False)[0]["text"] == "จอดฟรีหน้าประตูท่าแพ"
    parking.refresh_from_db()
    assert parking.used == 1


def test_the_longest_word_counts(talk, shop, parking, at):
    add_answer(shop=shop, words=["จอดรถตู้"], answer="รถตู้จอดหลังวัด", shows="", is_active=True, at=at)
    assert answer_text(talk, "จอดรถตู้ได้ไหม", by_person=False)[0]["text"] == "รถตู้จอดหลังวัด"


def test_an_answer_may_show_the_tours_too(talk, shop, departure, at):
    add_answer(shop=shop, words=["ราคา"], answer="ราคารวมอาหารค่ะ", shows="tours", is_active=True, at=at)
    said = answer_text(talk, "ราคาเท่าไร", by_person=False)
    assert [one["type"] for one in said] == ["text", "flex"]


def test_a_silent_answer_and_another_shops_are_not_said(talk, parking, at):
    KeywordAnswer.objects.update(is_active=False)
    add_answer(shop=a_shop(), words=["จอดรถ"], answer="ของร้านอื่น", shows="", is_active=True, at=at)
    assert answer_text(talk, "จอดรถตรงไหน", by_person=False)[0]["text"].startswith("ขอบคุณที่ทักมา")


def test_nothing_is_said_while_a_person_answers(talk, parking):
    assert answer_text(talk, "จอดรถตรงไหน", by_person=True) == []


@pytest.mark.parametrize("word", ["หยุด", " STOP ", "หยุดรับข่าว"])
def test_the_word_that_stops_news_holds_always(talk, word):
    assert answer_text(talk, word, by_person=True)[0]["text"].startswith("เรียบร้อย")
    talk.follower.refresh_from_db()
    assert talk.follower.stopped_at == talk.at


def test_a_sentence_with_the_word_stops_nothing(talk):
    answer_text(talk, "วันหยุดนี้มีทัวร์ไหม", by_person=False)
    talk.follower.refresh_from_db()
    assert talk.follower.stopped_at is None


def test_news_begin_again_by_a_word(talk):
    answer_text(talk, "หยุด", by_person=False)
    answer_text(talk, "เริ่ม", by_person=False)
    talk.follower.refresh_from_db()
    assert talk.follower.stopped_at is None


@pytest.mark.parametrize(
    ("words", "tile"),
    [
        ("มีทัวร์อะไรบ้าง", "tours"), ("วันไหนว่างไหมคะ", "dates"), ("how do I pay?", "orders"), ("Any tours?", "tours"),
        ("I saw you on Facebook", ""), ("มีส่วนลดไหม", "coupons"), ("ขอคุยกับคนขาย", "person"), ("สวัสดี", ""),
    ],
)  # fmt: skip
def test_every_shop_understands_these(words, tile):
    assert tile_meant(words) == tile


def test_fifty_answers_are_enough(shop, at):
    KeywordAnswer.objects.bulk_create(
        KeywordAnswer(shop=shop, words=["ก"], answer="ข", created_at=at) for _number in range(MOST_ANSWERS)
    )
    with pytest.raises(TooManyAnswers):
        add_answer(shop=shop, words=["ค"], answer="ง", shows="", is_active=True, at=at)


def test_the_page_keeps_tries_changes_and_deletes(shop, owner, client_of):
    page = client_of(owner)
    page.post("/my/line/answers/", {"words": "ที่จอด, Parking", "answer": "หน้าวัด", "shows": "", "is_active": "on"})
    kept = KeywordAnswer.objects.get()
    assert (kept.words, kept.answer) == (["ที่จอด", "parking"], "หน้าวัด")
    assert "หน้าวัด" in page.get("/my/line/answers/", {"try": "มีที่จอดไหม"}).context["tried"]["own"].answer
    address = f"/my/line/answers/{kept.public_id}/"
    page.post(address, {"words": "ที่จอด", "answer": "หลังวัด", "shows": "tours"})
    kept.refresh_from_db()
    assert (kept.answer, kept.shows, kept.is_active) == ("หลังวัด", "tours", False)
    page.post(f"{address}delete/")
    assert not KeywordAnswer.objects.exists()


def test_one_letter_is_no_word(shop, owner, client_of):
    page = client_of(owner).post("/my/line/answers/", {"words": "ก", "answer": "ข", "is_active": "on"})
    assert page.context["form"].errors == {"words": ["ใส่คำ 1 ถึง 12 คำ แต่ละคำอย่างน้อยสองตัวอักษร"]}


def test_anothers_answer_does_not_exist(parking, teammate, client_of):
    a_shop(teammate)
    page = client_of(teammate)
    assert page.get(f"/my/line/answers/{parking.public_id}/").status_code == 404
    assert page.post(f"/my/line/answers/{parking.public_id}/delete/").status_code == 404
    assert KeywordAnswer.objects.filter(pk=parking.pk).exists()
