"""The instructor's queue: who sees what, and what is decided."""

from datetime import timedelta

import pytest

from tourdee.core.models import AuditLine
from tourdee.learn import actions, queries
from tourdee.learn.models import MissionProgress
from tourdee.people.models import Membership, Organisation, User

from .factories import make_mission, make_topic, photo, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def mission(partner):
    return make_mission(make_topic(1, team=partner.slug))


@pytest.fixture
def sent(owner, mission, at):
    return submit(owner, mission, at=at, note="ความลับของสมหญิง")


@pytest.fixture
def other_instructor(db):
    """Teaches for a team that has nothing to do with the topic."""
    team = Organisation.objects.create(slug="another-team", kind="partner", name_th="ทีมอื่น", name_en="Another team")
    user = User.objects.create_user("other-instructor@example.org", name="วิทยากร อื่น")
    Membership.objects.create(user=user, organisation=team, role="instructor")
    return user


def review_url(progress):
    return f"/learn/reviews/{progress.public_id}/"


# ------------------------------------------------------------------ who may see
def test_an_instructor_sees_what_was_sent_for_the_topics_of_the_team(client_of, instructor, sent):
    page = client_of(instructor).get("/learn/reviews/")
    assert list(page.context["page"]) == [sent]
    assert queries.reviews_waiting(instructor) == 1


def test_an_instructor_of_another_team_sees_nothing_of_it(client_of, other_instructor, sent):
    client = client_of(other_instructor)
    assert list(client.get("/learn/reviews/").context["page"]) == []
    assert client.get(review_url(sent)).status_code == 404
    answer = client.post(review_url(sent), {"decision": "accept", "seen": sent.at.isoformat()})
    assert answer.status_code == 404
    sent.refresh_from_db()
    assert sent.status == "submitted"


def test_officers_learners_and_strangers_have_no_queue(client_of, officer, other_officer, owner, stranger, sent):
    for person in (officer, other_officer, owner, stranger):
        client = client_of(person)
        assert client.get("/learn/reviews/").status_code == 404
        assert client.get(review_url(sent)).status_code == 404


def test_nobody_judges_their_own_mission(client_of, instructor, mission, at):
    own = submit(instructor, mission, at=at)
    assert list(queries.reviewable(instructor)) == []
    assert client_of(instructor).get(review_url(own)).status_code == 404


def test_a_member_of_the_team_who_is_no_instructor_sees_nothing(client_of, stranger, partner, sent):
    Membership.objects.create(user=stranger, organisation=partner, role="officer")
    assert list(queries.reviewable(stranger)) == []
    assert client_of(stranger).get(review_url(sent)).status_code == 404


def test_what_the_shop_proved_is_not_for_review(instructor, owner, mission, at):
    MissionProgress.objects.create(user=owner, mission=mission, status="done", evidence={"event": "X"}, at=at)
    assert list(queries.reviewable(instructor)) == []


# ------------------------------------------------------------------ the picture
def test_the_picture_is_shown_to_its_owner_and_the_team_alone(
    client_of, owner, teammate, instructor, other_instructor, officer, stranger, mission
):
    client_of(owner).post("/learn/missions/a-mission/", {"picture": photo()})
    url = f"/learn/missions/evidence/{MissionProgress.objects.get().public_id}/"
    allowed = {}
    for name, person in {"owner": owner, "instructor": instructor, "teammate": teammate, "officer": officer,
                         "other_instructor": other_instructor, "stranger": stranger}.items():  # fmt: skip
        answer = client_of(person).get(url)
        allowed[name] = answer.status_code
        if answer.status_code == 200:
            assert answer["Content-Type"] == "image/jpeg"
            assert answer["Cache-Control"] == "private, no-store"
            assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
    assert allowed == {"owner": 200, "instructor": 200, "teammate": 404, "officer": 404,
                       "other_instructor": 404, "stranger": 404}  # fmt: skip


def test_a_visitor_sees_no_picture(client, owner, mission, at):
    progress = submit(owner, mission, at=at, picture="missions/x.jpg")
    assert client.get(f"/learn/missions/evidence/{progress.public_id}/").status_code == 302


# ------------------------------------------------------------------ deciding
def decide(client, progress, **data):
    return client.post(review_url(progress), {"seen": progress.at.isoformat(), **data})


def test_an_accepted_mission_is_done(client_of, instructor, owner, sent, monkeypatch):
    told = []
    monkeypatch.setattr("tourdee.events.publish", told.append)
    answer = decide(client_of(instructor), sent, decision="accept", comment="ดีมาก")
    assert answer["Location"] == "/learn/reviews/"
    sent.refresh_from_db()
    assert (sent.status, sent.comment, sent.reviewed_by) == ("done", "ดีมาก", instructor)
    assert [(type(one).__name__, one.user, one.mission) for one in told] == [
        ("MissionDone", owner.public_id, "a-mission")
    ]
    line = AuditLine.objects.get()
    assert (line.act, line.actor, line.text) == (
        "mission_done", instructor.public_id, "Mission a-mission is done, accepted by an instructor",
    )  # fmt: skip


def test_a_returned_mission_carries_the_comment(client_of, instructor, owner, sent, monkeypatch):
    told = []
    monkeypatch.setattr("tourdee.events.publish", told.append)
    decide(client_of(instructor), sent, decision="return", comment="เพิ่มราคา")
    sent.refresh_from_db()
    assert (sent.status, sent.comment) == ("returned", "เพิ่มราคา")
    assert [type(one).__name__ for one in told] == ["MissionReturned"]
    assert AuditLine.objects.get().text == "Mission a-mission was returned: เพิ่มราคา"


def test_a_return_needs_a_comment(client_of, instructor, sent, at):
    page = decide(client_of(instructor), sent, decision="return", comment="  ")
    assert list(page.context["form"].errors) == ["comment"]
    with pytest.raises(actions.CannotReview):
        actions.return_mission(progress=sent, reviewer=instructor, seen=sent.at, comment="", at=at)
    sent.refresh_from_db()
    assert sent.status == "submitted"


def test_after_one_decision_comes_the_next_in_the_queue(client_of, instructor, teammate, mission, sent, at):
    second = submit(teammate, mission, at=at + timedelta(minutes=5))
    answer = decide(client_of(instructor), sent, decision="accept")
    assert answer["Location"] == review_url(second)


def test_what_the_learner_replaced_meanwhile_is_not_accepted_unseen(client_of, instructor, owner, mission, sent, at):
    seen = sent.at.isoformat()
    submit(owner, mission, at=at + timedelta(minutes=1), link="https://example.org/something-else")
    answer = client_of(instructor).post(review_url(sent), {"seen": seen, "decision": "accept"})
    assert answer["Location"] == review_url(sent)
    sent.refresh_from_db()
    assert sent.status == "submitted"


def test_of_two_instructors_one_decides(instructor, sent, at):
    actions.accept_mission(progress=sent, reviewer=instructor, seen=at, comment="", at=at + timedelta(minutes=1))
    with pytest.raises(actions.CannotReview):
        actions.return_mission(progress=sent, reviewer=instructor, seen=at, comment="No", at=at + timedelta(minutes=1))
    sent.refresh_from_db()
    assert sent.status == "done"
    assert AuditLine.objects.count() == 1


@pytest.mark.parametrize(
    "data", [{"decision": "destroy"}, {"decision": ""}, {"decision": "accept", "seen": "yesterday"}]
)
def test_a_strange_decision_changes_nothing(client_of, instructor, sent, data):
    page = client_of(instructor).post(review_url(sent), {"seen": sent.at.isoformat(), **data})
    assert page.status_code == 200
    sent.refresh_from_db()
    assert sent.status == "submitted"


# ------------------------------------------------------------------ the list
def test_the_queue_is_split_by_state_oldest_first(client_of, instructor, owner, teammate, mission, at):
    later = submit(owner, mission, at=at + timedelta(hours=1))
    sooner = submit(teammate, mission, at=at)
    client = client_of(instructor)
    assert list(client.get("/learn/reviews/").context["page"]) == [sooner, later]
    assert list(client.get("/learn/reviews/?status=done").context["page"]) == []
    assert client.get("/learn/reviews/?status=nonsense").status_code == 404


def test_a_learner_is_found_by_name(client_of, instructor, owner, teammate, mission, at):
    wanted = submit(owner, mission, at=at)
    submit(teammate, mission, at=at)
    assert list(client_of(instructor).get("/learn/reviews/?q=สมหญิง").context["page"]) == [wanted]


def test_an_empty_queue_says_so(client_of, instructor):
    assert "Nothing is waiting." in client_of(instructor).get("/en/learn/reviews/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_takes_the_same_queries_for_one_and_for_three(
    client_of, instructor, mission, rows, at, django_assert_num_queries
):
    for number in range(rows):
        submit(User.objects.create_user(f"learner{number}@example.org", name="ก"), mission, at=at)
    client = client_of(instructor)
    client.get("/learn/reviews/")
    with django_assert_num_queries(6):  # session, user, roles, page count, page, waiting
        client.get("/learn/reviews/")


def test_a_long_queue_has_pages(client_of, instructor, mission, at):
    for number in range(27):
        submit(User.objects.create_user(f"learner{number}@example.org", name="ก"), mission, at=at)
    client = client_of(instructor)
    assert [len(client.get(f"/learn/reviews/?page={page}").context["page"].object_list) for page in (1, 2)] == [25, 2]
