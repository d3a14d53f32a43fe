"""Abuses that touch what is taught. Each test is named after the abuse and fails when its guard is taken out."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tourdee.learn import actions, queries
from tourdee.learn.models import Attempt, CostSheet, LessonRead, MissionProgress

from .factories import (
    answers,
    make_course_tests,
    make_mission,
    make_quiz,
    make_topic,
    photo,
    sheet_values,
    submit,
    take,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return make_topic(1)


@pytest.fixture
def check(topic):
    return make_quiz("check-topic-1", topic)


def filled(client, url, choice="1"):
    """The form of a quiz as a browser sends it."""
    form = client.get(url).context["form"]
    names = [name for name in form.fields if name.startswith("q-")]
    return {"form_key": form.fields["form_key"].initial, **dict.fromkeys(names, choice)}


# ------------------------------------------------------------------ 4: double click, retry with a lost answer
def test_a_double_click_is_one_attempt(client_of, owner, check):
    client = client_of(owner)
    data = filled(client, "/learn/topic-1/check/")
    first = client.post("/learn/topic-1/check/", data)
    second = client.post("/learn/topic-1/check/", data)
    assert first["Location"] == second["Location"]
    assert Attempt.objects.count() == 1


def test_the_same_form_with_another_body_is_refused(client_of, owner, check):
    client = client_of(owner)
    data = filled(client, "/learn/topic-1/check/", choice="0")
    client.post("/learn/topic-1/check/", data)
    better = {name: "1" if name.startswith("q-") else value for name, value in data.items()}
    again = client.post("/learn/topic-1/check/", better)
    assert again.status_code == 409
    assert list(Attempt.objects.values_list("right", flat=True)) == [0]


def test_a_double_click_on_the_pre_test_shows_its_result(client_of, owner, topic):
    make_course_tests(topic)
    client = client_of(owner)
    data = filled(client, "/learn/test/pre/")
    first = client.post("/learn/test/pre/", data)
    assert client.post("/learn/test/pre/", data)["Location"] == first["Location"]


def test_a_mission_sent_twice_is_one_submission(client_of, owner, topic):
    make_mission(topic)
    for _ in range(2):
        client_of(owner).post("/learn/missions/a-mission/", {"link": "https://example.org/post"})
    assert MissionProgress.objects.count() == 1


# ------------------------------------------------------------------ 6: odd quantities
@pytest.mark.parametrize("units", ["-1", "0", "1e9", "1.5", "NaN", "2²", "２", "9" * 5000, "inf", "\x00"])
def test_an_odd_quantity_is_refused(client_of, owner, units):
    data = {
        "name": "x", "kind": "tour", "units": units, "price_satang": "10", "fee_percent": "0", "wanted_percent": "0",
        "fixed-TOTAL_FORMS": "0", "fixed-INITIAL_FORMS": "0", "unit-TOTAL_FORMS": "0", "unit-INITIAL_FORMS": "0",
    }  # fmt: skip
    page = client_of(owner).post("/learn/costs/new/", data)
    assert page.status_code == 200
    assert list(page.context["draft"].form.errors) == ["units"]
    assert CostSheet.objects.count() == 0


def test_a_quantity_in_thai_digits_is_accepted(client_of, owner):
    data = {
        "name": "x", "kind": "tour", "units": "๑๒", "price_satang": "๑๐", "fee_percent": "๐", "wanted_percent": "๐",
        "fixed-TOTAL_FORMS": "0", "fixed-INITIAL_FORMS": "0", "unit-TOTAL_FORMS": "0", "unit-INITIAL_FORMS": "0",
    }  # fmt: skip
    client_of(owner).post("/learn/costs/new/", data)
    assert CostSheet.objects.get().units == 12


@pytest.mark.parametrize("forged", ["1000000", "x", ""])
def test_a_forged_number_of_cost_rows_is_refused(client_of, owner, forged):
    data = {
        "name": "x", "kind": "tour", "units": "1", "price_satang": "10", "fee_percent": "0", "wanted_percent": "0",
        "fixed-TOTAL_FORMS": forged, "fixed-INITIAL_FORMS": "0", "unit-TOTAL_FORMS": "0", "unit-INITIAL_FORMS": "0",
    }  # fmt: skip
    page = client_of(owner).post("/learn/costs/new/", data)
    assert page.status_code == 200
    assert CostSheet.objects.count() == 0


# ------------------------------------------------------------------ 23: other people's things
def test_other_peoples_things_are_not_found(client_of, owner, stranger, topic, check, at):
    attempt = take(owner, "check", 5, at=at, quiz=check)
    sheet = actions.save_cost_sheet(user=owner, sheet=None, values=sheet_values(name="ความลับ"), at=at)
    client_of(owner).post("/learn/missions/" + make_mission(topic).slug + "/", {"picture": photo()})
    progress = MissionProgress.objects.get()
    client = client_of(stranger)
    for url in (
        f"/learn/results/{attempt.public_id}/",
        f"/learn/costs/{sheet.public_id}/",
        f"/learn/costs/{sheet.public_id}/delete/",
        f"/learn/reviews/{progress.public_id}/",
        f"/learn/missions/evidence/{progress.public_id}/",
    ):
        answered = [client.get(url).status_code, client.post(url, {"name": "taken"}).status_code]
        assert set(answered) <= {404, 405}, url
        assert 404 in answered, url
    sheet.refresh_from_db()
    assert sheet.name == "ความลับ"


# ------------------------------------------------------------------ 25: fields that are not on the form
def test_fields_that_are_not_on_the_form_change_nothing(client_of, owner, stranger, topic):
    make_mission(topic)
    forged = {"status": "done", "user": stranger.pk, "comment": "great", "reviewed_by": stranger.pk, "evidence": "{}"}
    client_of(owner).post("/learn/missions/a-mission/", {"link": "https://example.org", **forged})
    progress = MissionProgress.objects.get()
    assert (progress.user, progress.status, progress.comment, progress.reviewed_by, progress.evidence) == (
        owner, "submitted", "", None, {},
    )  # fmt: skip


# ------------------------------------------------------------------ 27: stored script
def test_script_in_a_note_or_link_is_shown_as_text(client_of, owner, instructor, topic, at):
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    progress = submit(owner, make_mission(topic), at=at, note=hostile, link='https://example.org/"onmouseover="x')
    page = client_of(instructor).get(f"/learn/reviews/{progress.public_id}/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="https://example.org/&quot;onmouseover=&quot;x"' in page


# ------------------------------------------------------------------ 28: what only looks like a picture
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("x.jpg", b"<html><script>alert(1)</script></html>"),
        ("x.jpg", b"%PDF-1.7\n"),
        ("x.jpg", b""),
    ],
)
def test_what_only_looks_like_a_picture_is_refused(client_of, owner, topic, name, content):
    make_mission(topic)
    upload = SimpleUploadedFile(name, content, "image/jpeg")
    page = client_of(owner).post("/learn/missions/a-mission/", {"picture": upload})
    assert list(page.context["form"].errors) == ["picture"]
    assert MissionProgress.objects.count() == 0


# ------------------------------------------------------------------ 29: where the photo was taken
def test_the_place_in_a_photos_data_is_gone(client_of, owner, topic, settings):
    from PIL import Image

    make_mission(topic)
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "canary at home"
    Image.new("RGB", (64, 48)).save(file, "JPEG", exif=exif)
    assert b"canary at home" in file.getvalue()
    upload = SimpleUploadedFile("x.jpg", file.getvalue(), "image/jpeg")
    client_of(owner).post("/learn/missions/a-mission/", {"picture": upload})
    stored = (settings.PRIVATE_ROOT / MissionProgress.objects.get().picture).read_bytes()
    assert b"canary at home" not in stored


# ------------------------------------------------------------------ 40: a score from outside
def test_a_score_posted_by_hand_is_ignored(client_of, owner, check):
    client = client_of(owner)
    data = filled(client, "/learn/topic-1/check/", choice="0")
    client.post("/learn/topic-1/check/", {**data, "right": "5", "total": "5", "percent": "100", "score": "100"})
    attempt = Attempt.objects.get()
    assert (attempt.right, attempt.total) == (0, 5)


def test_answers_to_another_quiz_are_refused(client_of, owner, check):
    other = make_quiz("check-topic-2", make_topic(2))
    client = client_of(owner)
    data = filled(client, "/learn/topic-1/check/")
    forged = {"form_key": data["form_key"], **{f"q-{slug}": "1" for slug in answers(other, 5)}}
    page = client.post("/en/learn/topic-1/check/", forged)
    assert "The questions have changed since you opened this page." in page.content.decode()
    mixed = {**data, "q-check-topic-2-1": "1"}
    assert client.post("/learn/topic-1/check/", mixed).status_code == 200
    assert Attempt.objects.count() == 0


def test_a_form_of_one_quiz_cannot_be_handed_in_for_another(client_of, owner, check):
    make_quiz("check-topic-2", make_topic(2))
    client = client_of(owner)
    moved = filled(client, "/learn/topic-1/check/")["form_key"]
    data = {**filled(client, "/learn/topic-2/check/"), "form_key": moved}
    page = client.post("/en/learn/topic-2/check/", data)
    assert "This form has grown old." in page.content.decode()
    assert Attempt.objects.count() == 0


def test_a_form_of_one_person_cannot_be_handed_in_by_another(client_of, owner, stranger, check):
    data = filled(client_of(owner), "/learn/topic-1/check/")
    client_of(stranger).post("/learn/topic-1/check/", data)
    assert Attempt.objects.count() == 0


@pytest.mark.parametrize("key", ["", "made-up", "made-up:signature"])
def test_a_made_up_form_key_is_refused_and_the_next_try_works(client_of, owner, check, key):
    client = client_of(owner)
    data = {**filled(client, "/learn/topic-1/check/"), "form_key": key}
    page = client.post("/learn/topic-1/check/", data)
    assert Attempt.objects.count() == 0
    assert page.content.decode().count("checked") == 5
    client.post("/learn/topic-1/check/", {**data, "form_key": page.context["form"]["form_key"].value()})
    assert Attempt.objects.get().right == 5


@pytest.mark.parametrize("choice", ["3", "-1", "99999999999999999999", "x", "1.0", "\x00"])
def test_a_choice_that_does_not_exist_is_refused(client_of, owner, check, choice):
    client = client_of(owner)
    data = filled(client, "/learn/topic-1/check/", choice=choice)
    assert client.post("/learn/topic-1/check/", data).status_code == 200
    assert Attempt.objects.count() == 0


def test_the_page_of_a_quiz_does_not_give_the_answers_away(client_of, owner, check):
    page = client_of(owner).get("/en/learn/topic-1/check/").content.decode()
    assert "Because" not in page
    assert "correct" not in page


def test_a_post_test_cannot_be_posted_before_the_pre_test(client_of, owner, topic):
    make_course_tests(topic)
    quiz = queries.course_test_for(owner, "post")
    from tourdee.learn.forms import QuizForm

    key = QuizForm(quiz=quiz, user=owner, purpose="post", language="th").fields["form_key"].initial
    data = {"form_key": key, **{f"q-{slug}": "1" for slug in answers(quiz, 4)}}
    assert client_of(owner).post("/learn/test/post/", data)["Location"] == "/learn/test/pre/"
    assert Attempt.objects.count() == 0


# ------------------------------------------------------------------ 42: words that look like a template
def test_words_that_look_like_a_template_stay_words(client_of, owner, at):
    hostile = "{{ settings.SECRET_KEY }} {% now 'Y' %} {0.__class__}"
    sheet = actions.save_cost_sheet(user=owner, sheet=None, values=sheet_values(name=hostile), at=at)
    page = client_of(owner).get(f"/learn/costs/{sheet.public_id}/").content.decode()
    assert "{{ settings.SECRET_KEY }} {% now &#x27;Y&#x27; %} {0.__class__}" in page


# ------------------------------------------------------------------ 47: looking changes nothing
def test_looking_at_every_page_changes_no_row(client_of, owner, instructor, topic, check, at):
    make_course_tests(topic)
    progress = submit(owner, make_mission(topic), at=at)
    attempt = take(owner, "check", 5, at=at, quiz=check)
    sheet = actions.save_cost_sheet(user=owner, sheet=None, values=sheet_values(), at=at)

    def rows():
        return [
            list(model.objects.order_by("pk").values()) for model in (Attempt, CostSheet, LessonRead, MissionProgress)
        ]

    before = rows()
    for path in (
        "", "topic-1/", "topic-1/1/", "topic-1/1/read/", "topic-1/check/", "test/pre/", "test/post/", "missions/",
        "missions/a-mission/", f"results/{attempt.public_id}/", "costs/", "costs/new/", "costs/result/",
        f"costs/{sheet.public_id}/", f"costs/{sheet.public_id}/delete/", "reviews/", f"reviews/{progress.public_id}/",
    ):  # fmt: skip
        for person in (owner, instructor):
            client_of(person).get(f"/learn/{path}")
    assert rows() == before


def test_a_post_without_a_token_is_refused(owner, check):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    assert client.post("/learn/topic-1/1/read/").status_code == 403
    assert LessonRead.objects.count() == 0


# ------------------------------------------------------------------ 52, 53: hostile words in a search
@pytest.mark.parametrize("words", ["\x00", "\u202egnik", "%" * 5000, "' OR 1=1 --", "ก" * 10_000, "\ud800"])
def test_hostile_words_in_the_search_do_no_harm(client_of, owner, instructor, topic, at, words):
    submit(owner, make_mission(topic), at=at)
    assert (
        client_of(instructor).get("/learn/reviews/", {"q": words.encode("utf-8", "surrogatepass")}).status_code == 200
    )


def test_hostile_characters_in_a_note_are_refused(client_of, owner, topic):
    make_mission(topic)
    page = client_of(owner).post("/learn/missions/a-mission/", {"link": "https://example.org", "note": "a\u202eb"})
    assert list(page.context["form"].errors) == ["note"]
