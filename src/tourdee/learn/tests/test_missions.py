"""Missions: proved by events, or sent in by the learner."""

from datetime import timedelta

import pytest

from tourdee import events
from tourdee.core.models import AuditLine
from tourdee.learn import actions, queries
from tourdee.learn.models import MissionProgress
from tourdee.people.models import User

from .factories import make_mission, make_topic, photo, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return make_topic(1)


@pytest.fixture
def mission(topic):
    return make_mission(topic)


@pytest.fixture
def opened(topic):
    return make_mission(topic, "shop-opened", evidence="event", link_name="my_shop", position=2)


def complete(user, at, event=None):
    event = event or events.ShopOpened(user=user.public_id, shop="abc")
    return actions.complete_mission_by_event(user_public_id=user.public_id, slug="shop-opened", event=event, at=at)


# ------------------------------------------------------------------ proved by an event
def test_an_event_ticks_a_mission_off_and_is_kept_as_its_proof(owner, opened, at, monkeypatch):
    told = []
    monkeypatch.setattr("tourdee.events.publish", told.append)
    event = events.ShopOpened(user=owner.public_id, shop="abc")
    progress = complete(owner, at, event)
    assert (progress.status, progress.at) == ("done", at)
    assert progress.evidence == {
        "event": "ShopOpened", "event_id": event.event_id, "user": owner.public_id, "shop": "abc",
    }  # fmt: skip
    assert [(one.user, one.mission) for one in told] == [(owner.public_id, "shop-opened")]
    line = AuditLine.objects.get()
    assert (line.act, line.subject_id, line.actor) == ("mission_done", progress.public_id, "")
    assert line.text == "Mission shop-opened is done, proved by ShopOpened"


def test_a_second_event_changes_nothing(owner, opened, at):
    first = complete(owner, at)
    assert complete(owner, at + timedelta(days=1)) is None
    progress = MissionProgress.objects.get()
    assert (progress.evidence, progress.at) == (first.evidence, at)
    assert AuditLine.objects.count() == 1


def test_an_event_of_nobody_or_without_a_mission_is_passed_over(owner, at):
    assert complete(owner, at) is None
    event = events.ShopOpened(user="nobody", shop="abc")
    assert actions.complete_mission_by_event(user_public_id="nobody", slug="shop-opened", event=event, at=at) is None
    assert MissionProgress.objects.count() == 0


def test_a_retired_mission_is_not_ticked_off(owner, opened, at):
    opened.retired = True
    opened.save()
    assert complete(owner, at) is None


# ------------------------------------------------------------------ sent in
def test_a_mission_is_sent_in_with_a_link(client_of, owner, mission):
    client = client_of(owner)
    data = {"link": "lin.ee/abc", "note": "เปิดแล้วค่ะ"}
    answer = client.post("/learn/missions/a-mission/", data)
    assert answer["Location"] == "/learn/missions/a-mission/"
    progress = MissionProgress.objects.get()
    assert (progress.user, progress.status, progress.link, progress.picture, progress.note) == (
        owner, "submitted", "https://lin.ee/abc", "", "เปิดแล้วค่ะ",
    )  # fmt: skip


def test_a_mission_is_sent_in_with_a_picture(client_of, owner, mission, settings):
    client_of(owner).post("/learn/missions/a-mission/", {"picture": photo()})
    progress = MissionProgress.objects.get()
    assert progress.picture.startswith("missions/")
    assert (settings.PRIVATE_ROOT / progress.picture).is_file()


def test_nothing_sent_is_refused_at_the_field(client_of, owner, mission):
    page = client_of(owner).post("/en/learn/missions/a-mission/", {"note": "Please"})
    assert page.context["form"].errors == {"link": ["Please paste a link or choose a picture."]}
    assert "Please</textarea>" in page.content.decode()
    assert MissionProgress.objects.count() == 0


@pytest.mark.parametrize(
    "link", ["ftp://example.org/x", "javascript:alert(1)", "not a link", "https://exa\u202emple.org"]
)
def test_what_is_no_web_address_is_refused(client_of, owner, mission, link):
    page = client_of(owner).post("/en/learn/missions/a-mission/", {"link": link})
    assert set(page.context["form"].errors) == {"link"}
    assert MissionProgress.objects.count() == 0


def test_a_mission_that_the_shop_proves_cannot_be_sent_in(client_of, owner, opened, at):
    with pytest.raises(actions.CannotSubmit):
        submit(owner, opened, at=at)
    client_of(owner).post("/learn/missions/shop-opened/", {"link": "https://example.org"})
    assert MissionProgress.objects.count() == 0


def test_a_mission_that_is_done_is_not_sent_in_again(client_of, owner, instructor, mission, at):
    progress = submit(owner, mission, at=at)
    actions.accept_mission(progress=progress, reviewer=instructor, seen=at, comment="", at=at)
    with pytest.raises(actions.CannotSubmit):
        submit(owner, mission, at=at, link="https://example.org/other")
    client_of(owner).post("/learn/missions/a-mission/", {"link": "https://example.org/other"})
    progress.refresh_from_db()
    assert (progress.status, progress.link) == ("done", "https://example.org/post")


def test_a_refused_picture_leaves_no_file_behind(client_of, owner, instructor, mission, at, settings):
    progress = submit(owner, mission, at=at)
    actions.accept_mission(progress=progress, reviewer=instructor, seen=at, comment="", at=at)
    client_of(owner).post("/learn/missions/a-mission/", {"picture": photo()})
    assert list(settings.PRIVATE_ROOT.rglob("*.jpg")) == []


def test_a_returned_mission_is_sent_again(client_of, owner, instructor, mission, at):
    progress = submit(owner, mission, at=at)
    actions.return_mission(progress=progress, reviewer=instructor, seen=at, comment="เพิ่มราคา", at=at)
    page = client_of(owner).get("/learn/missions/a-mission/").content.decode()
    assert "เพิ่มราคา" in page
    client_of(owner).post("/learn/missions/a-mission/", {"link": "https://example.org/better"})
    progress.refresh_from_db()
    assert (progress.status, progress.link, progress.comment) == ("submitted", "https://example.org/better", "เพิ่มราคา")


def test_the_earlier_picture_stays_until_a_new_one_takes_its_place(
    client_of, owner, mission, settings, django_capture_on_commit_callbacks
):
    client = client_of(owner)
    client.post("/learn/missions/a-mission/", {"picture": photo()})
    first = MissionProgress.objects.get().picture
    client.post("/learn/missions/a-mission/", {"note": "ลืมบอกไป"})
    assert MissionProgress.objects.get().picture == first
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/learn/missions/a-mission/", {"picture": photo()})
    second = MissionProgress.objects.get().picture
    assert second != first
    assert [path.is_file() for path in (settings.PRIVATE_ROOT / first, settings.PRIVATE_ROOT / second)] == [False, True]


# ------------------------------------------------------------------ pages and questions
def test_my_missions_are_sorted_by_whether_they_are_needed(client_of, owner, topic, mission, opened):
    make_mission(topic, "extra", required=False, position=3)
    page = client_of(owner).get("/learn/missions/")
    assert [state.mission.slug for state in page.context["required"]] == ["a-mission", "shop-opened"]
    assert [state.mission.slug for state in page.context["extra"]] == ["extra"]


def test_without_missions_the_page_says_what_to_do(client_of, owner):
    assert "The missions are being prepared" in client_of(owner).get("/en/learn/missions/").content.decode()


@pytest.mark.parametrize("missions", [1, 3])
def test_my_missions_take_the_same_queries_for_one_and_for_three(
    client_of, owner, topic, missions, at, django_assert_num_queries
):
    for number in range(missions):
        submit(owner, make_mission(topic, f"m{number}", position=number), at=at)
    client = client_of(owner)
    client.get("/learn/missions/")
    with django_assert_num_queries(7):  # session, user, roles, missions, progress, required, done
        client.get("/learn/missions/")


def test_a_mission_of_the_shop_leads_to_the_page_where_it_is_done(client_of, owner, opened):
    page = client_of(owner).get("/en/learn/missions/shop-opened/").content.decode()
    assert '<a class="btn btn-primary btn-big" href="/en/my/shop/">' in page
    assert '<form method="post" enctype' not in page


def test_an_unknown_or_retired_mission_is_not_found(client_of, owner, mission):
    assert client_of(owner).get("/learn/missions/nothing/").status_code == 404
    mission.retired = True
    mission.save()
    assert client_of(owner).get("/learn/missions/a-mission/").status_code == 404


def test_only_required_missions_that_are_done_are_counted(owner, teammate, topic, mission, opened, at):
    extra = make_mission(topic, "extra", required=False)
    make_mission(topic, "gone", retired=True)
    submit(owner, mission, at=at)
    submit(owner, extra, at=at)
    complete(owner, at)
    complete(teammate, at)
    assert queries.required_missions_done(owner) == (1, 2)


def test_forty_learners_take_two_queries(topic, mission, opened, at, django_assert_num_queries):
    people = [User.objects.create_user(f"learner{n}@example.org") for n in range(40)]
    for one in people[:10]:
        complete(one, at)
    with django_assert_num_queries(2):
        counts = queries.missions_done(people)
    assert counts == {one.pk: (1 if place < 10 else 0, 2) for place, one in enumerate(people)}


def test_a_retired_mission_stays_with_those_who_did_it(owner, teammate, opened, at):
    complete(owner, at)
    opened.retired = True
    opened.save()
    assert [state.mission.slug for state in queries.missions_of(owner)] == ["shop-opened"]
    assert queries.missions_of(teammate) == []
    assert queries.required_missions_done(owner) == (0, 0)
