import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tourdee.core.models import AuditLine
from tourdee.people import actions, queries
from tourdee.people.models import ErasureRequest, Membership, User

PEOPLE = "/host/people/"


@pytest.fixture
def desk(client_of, host) -> Client:
    """The host's browser."""
    return client_of(host)


def found(client, **query):
    return [user.email for user in client.get(PEOPLE, query).context["page"]]


def test_people_are_searched_filtered_and_sorted(desk, owner, officer, instructor):
    assert found(desk, q="สมหญิง") == ["owner@example.org"]
    assert found(desk, q="OWNER@") == ["owner@example.org"]
    assert found(desk, q="081-234") == ["owner@example.org"]
    assert found(desk, role="officer") == ["officer@example.org"]
    assert found(desk, role="instructor") == ["instructor@example.org"]
    assert found(desk, role="host") == ["host@example.org"]
    assert found(desk, role="inactive") == []
    assert len(found(desk, order="newest")) == 4
    assert "ไม่พบคนที่ค้นหา" in desk.get(PEOPLE, {"q": "ไม่มีใคร"}).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"role": "x"},
        {"order": "user__password"},
        {"order": "-password"},
        {"q": "%%%%"},
        {"q": "x" * 5000},
        {"page": "0"},
        {"q": "\x00"},
    ],
)
def test_abuse_24_odd_questions_are_answered_as_everybody_by_name(desk, owner, query):
    assert desk.get(PEOPLE, query).status_code == 200


def test_abuse_24_the_list_is_never_sorted_by_a_field_of_choice(desk, owner):
    wanted = queries.Directory(order="password")
    assert queries.directory(wanted).query.order_by == ("name", "id")


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_with_one_and_three(desk, office, number, django_assert_num_queries):
    for n in range(number):
        user = User.objects.create_user(f"{n}@example.org", name=str(n))
        Membership.objects.create(user=user, organisation=office, role="officer")
    with django_assert_num_queries(8):
        desk.get(PEOPLE)


def test_abuse_23_for_others_the_pages_do_not_exist(client_of, owner, officer, instructor, at):
    request = actions.ask_erasure(user=owner, at=at)
    membership = officer.memberships.get()
    for person in (owner, officer, instructor):
        client = client_of(person)
        for path in ("", "invite/", f"{owner.public_id}/"):
            assert client.get(PEOPLE + path).status_code == 404
        for path, data in (
            ("invite/", {"address": "a@example.org"}),
            (f"{owner.public_id}/active/", {"active": "no"}),
            (f"{officer.public_id}/second-factor/", {}),
            (f"{officer.public_id}/roles/{membership.public_id}/", {"wish": "remove"}),
            (f"erasure/{request.public_id}/", {"wish": "erase"}),
        ):
            assert client.post(PEOPLE + path, data).status_code == 404
    assert Client().get(PEOPLE)["Location"] == "/account/login/?next=/host/people/"
    assert Membership.objects.count() == 2
    assert ErasureRequest.objects.get().outcome == "open"


def test_an_officer_is_invited(desk, office, partner):
    answer = desk.post(
        f"{PEOPLE}invite/",
        {"address": "new@example.org", "name": "", "organisation": office.public_id, "role": "officer"},
    )
    assert answer["Location"] == PEOPLE
    assert list(Membership.objects.values_list("user__email", "role")) == [("new@example.org", "officer")]
    again = desk.post(
        f"{PEOPLE}invite/", {"address": "NEW@example.org", "organisation": office.public_id, "role": "officer"}
    )
    assert again.context["form"].errors["address"] == ["คนนี้มีบทบาทนั้นอยู่แล้ว"]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"address": "x"}, "address"), ({"organisation": "1"}, "organisation"), ({"role": "host"}, "role"), ({"role": ""}, "role"),
     ({"name": "\u202e"}, "name")],
)  # fmt: skip
def test_a_bad_invitation_is_refused_at_the_field(desk, office, change, field):
    data = {"address": "a@example.org", "organisation": office.public_id, "role": "officer", **change}
    answer = desk.post(f"{PEOPLE}invite/", data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert Membership.objects.count() == 0


def test_an_officer_of_a_partner_is_refused_at_the_field(desk, partner):
    data = {"address": "a@example.org", "organisation": partner.public_id, "role": "officer"}
    assert list(desk.post(f"{PEOPLE}invite/", data).context["form"].errors) == ["role"]


def test_a_role_is_changed_and_taken_away(desk, officer):
    membership = officer.memberships.get()
    path = f"{PEOPLE}{officer.public_id}/roles/{membership.public_id}/"
    desk.post(path, {"role": "instructor"})
    membership.refresh_from_db()
    assert membership.role == "instructor"
    desk.post(path, {"role": "host"})
    desk.post(path, {"wish": "remove"})
    assert officer.memberships.count() == 0
    assert desk.post(path, {"wish": "remove"}).status_code == 404


def test_a_role_is_looked_for_at_its_person_only(desk, officer, instructor):
    path = f"{PEOPLE}{instructor.public_id}/roles/{officer.memberships.get().public_id}/"
    assert desk.post(path, {"wish": "remove"}).status_code == 404


def test_accounts_are_closed_and_reopened(desk, owner, host):
    desk.post(f"{PEOPLE}{owner.public_id}/active/", {"active": "no"})
    assert User.objects.get(pk=owner.pk).is_active is False
    assert found(desk, role="inactive") == ["owner@example.org"]
    desk.post(f"{PEOPLE}{owner.public_id}/active/", {"active": "yes"})
    assert User.objects.get(pk=owner.pk).is_active is True
    desk.post(f"{PEOPLE}{host.public_id}/active/", {"active": "no"})
    assert User.objects.get(pk=host.pk).is_active is True


def test_who_lost_everything_gets_in_again(desk, owner, client_of, deliver_events, mailoutbox):
    Authenticator.objects.create(user=owner, type="totp", data={"secret": "x"})
    Authenticator.objects.create(user=owner, type="recovery_codes", data={})
    browser = client_of(owner)
    assert "second-factor/" in desk.get(f"{PEOPLE}{owner.public_id}/").content.decode()
    for _ in range(2):
        desk.post(f"{PEOPLE}{owner.public_id}/second-factor/")
    assert Authenticator.objects.filter(user=owner).count() == 0
    assert browser.get("/account/profile/").status_code == 302
    assert AuditLine.objects.filter(act="reset_second_factor", subject_id=owner.public_id).count() == 1
    deliver_events()
    assert [mail.to for mail in mailoutbox] == [["owner@example.org"]]


def test_erasure_is_seen_and_carried_out(desk, owner, at):
    request = actions.ask_erasure(user=owner, at=at)
    assert "ขอเมื่อ 23 พ.ย. 2569" in desk.get(PEOPLE).content.decode()
    assert "ลบข้อมูลบุคคลนี้" in desk.get(f"{PEOPLE}{owner.public_id}/").content.decode()
    desk.post(f"{PEOPLE}erasure/{request.public_id}/", {"wish": "erase"})
    assert User.objects.get(pk=owner.pk).is_active is False
    assert "owner" not in desk.get(PEOPLE).content.decode()
    desk.post(f"{PEOPLE}erasure/{request.public_id}/", {"wish": "erase"})
    assert ErasureRequest.objects.get().outcome == "erased"


def test_a_refusal_needs_a_reason(desk, owner, at):
    request = actions.ask_erasure(user=owner, at=at)
    desk.post(f"{PEOPLE}erasure/{request.public_id}/", {"wish": "decline", "reason": " "})
    assert ErasureRequest.objects.get().outcome == "open"
    desk.post(f"{PEOPLE}erasure/{request.public_id}/", {"wish": "decline", "reason": "มีคำสั่งซื้อที่ยังไม่จบ"})
    assert list(ErasureRequest.objects.values_list("outcome", "reason")) == [("declined", "มีคำสั่งซื้อที่ยังไม่จบ")]


@pytest.mark.parametrize("path", ["nobody/", "x" * 300 + "/", "erasure/none/"])
def test_unknown_people_are_not_found(desk, path):
    assert desk.get(PEOPLE + path).status_code in (404, 405)
