import pytest
from django.test import Client

from tourdee.core.models import AuditLine
from tourdee.people import actions, queries
from tourdee.people.addresses import Address
from tourdee.people.models import Membership


def lines():
    return list(AuditLine.objects.order_by("id").values_list("act", "text", "actor_name"))


def test_a_member_is_added_with_audit_line_and_message(owner, office, host, at, deliver_events, mailoutbox):
    assert queries.is_officer(owner) is False
    actions.add_member(user=owner, organisation=office, role="officer", by=host, at=at)
    assert queries.is_officer(owner) is True
    assert lines() == [("add_member", "สมหญิง ใจดี became officer of กรมพัฒนาฝีมือแรงงาน", "ผู้ดูแล ระบบ")]
    deliver_events()
    assert (mailoutbox[0].to, mailoutbox[0].subject) == (["owner@example.org"], "คุณได้รับบทบาทในระบบ TourDee")
    assert "เจ้าหน้าที่ของกรมพัฒนาฝีมือแรงงาน" in mailoutbox[0].body
    assert "http://testserver/account/login/" in mailoutbox[0].body


@pytest.mark.parametrize("role", ["host", "", "OFFICER", "admin"])
def test_there_are_no_other_roles(owner, office, at, role):
    with pytest.raises(actions.CannotChangeRole):
        actions.add_member(user=owner, organisation=office, role=role, at=at)
    assert (Membership.objects.count(), AuditLine.objects.count()) == (0, 0)


def test_partners_have_no_officers(owner, partner, at):
    with pytest.raises(actions.CannotChangeRole):
        actions.add_member(user=owner, organisation=partner, role="officer", at=at)


def test_a_role_is_given_once(officer, office, at):
    with pytest.raises(actions.CannotChangeRole):
        actions.add_member(user=officer, organisation=office, role="officer", at=at)


def test_abuse_26_a_removed_officer_is_out_at_once(client_of, officer, at, host):
    browser = client_of(officer)
    assert browser.get("/account/profile/").status_code == 200
    actions.remove_member(membership=officer.memberships.get(), by=host, at=at)
    assert browser.get("/account/profile/").status_code == 302
    assert queries.is_officer(officer) is False
    assert lines() == [("remove_member", "เจ้าหน้าที่ วิภา is no longer officer of กรมพัฒนาฝีมือแรงงาน", "ผู้ดูแล ระบบ")]


def test_removing_twice_is_one_removal(officer, at):
    membership = officer.memberships.get()
    actions.remove_member(membership=membership, at=at)
    again = Membership(pk=999, user=officer, organisation_id=1, role="officer")
    actions.remove_member(membership=again, at=at)
    assert len(lines()) == 1


def test_abuse_26_a_changed_role_ends_the_sessions(client_of, officer, at, host):
    browser = client_of(officer)
    actions.change_role(membership=officer.memberships.get(), role="instructor", by=host, at=at)
    assert browser.get("/account/profile/").status_code == 302
    assert (queries.is_officer(officer), queries.is_instructor(officer)) == (False, True)
    assert lines()[0][1] == "เจ้าหน้าที่ วิภา: officer → instructor of กรมพัฒนาฝีมือแรงงาน"


def test_changing_into_a_role_that_one_has_is_refused(officer, office, at):
    Membership.objects.create(user=officer, organisation=office, role="instructor")
    membership = officer.memberships.get(role="officer")
    with pytest.raises(actions.CannotChangeRole):
        actions.change_role(membership=membership, role="instructor", at=at)
    assert membership.role == "officer"
    assert lines() == []


def test_a_closed_account_is_out_and_comes_back_without_its_old_sessions(client_of, owner, host, at):
    browser = client_of(owner)
    actions.set_active(user=owner, active=False, by=host, at=at)
    assert browser.get("/account/profile/").status_code == 302
    actions.set_active(user=owner, active=True, by=host, at=at)
    assert browser.get("/account/profile/").status_code == 302
    assert [act for act, _, _ in lines()] == ["account_closed", "account_reopened"]


def test_hosts_do_not_close_their_own_account(host, at):
    with pytest.raises(actions.CannotChangeRole):
        actions.set_active(user=host, active=False, by=host, at=at)


def test_an_invited_stranger_gets_an_account_and_a_message(office, host, at, deliver_events, mailoutbox):
    membership = actions.invite(
        address=Address("email", "new@example.org"), name="วิชัย", organisation=office, role="officer",
        language="th", by=host, at=at,
    )  # fmt: skip
    assert (membership.user.email, membership.user.name) == ("new@example.org", "วิชัย")
    deliver_events()
    assert mailoutbox[0].to == ["new@example.org"]


def test_an_invitation_never_renames_somebody(office, host, at, owner):
    actions.invite(address=Address("phone", owner.phone), name="อื่น", organisation=office, role="instructor",
                   language="th", by=host, at=at)  # fmt: skip
    owner.refresh_from_db()
    assert owner.name == "สมหญิง ใจดี"


def test_who_has_only_a_phone_is_told_by_sms(office, host, at, deliver_events, caplog):
    caplog.set_level("INFO", "tourdee.people.sms")
    actions.invite(address=Address("phone", "+66891112222"), name="", organisation=office, role="instructor",
                   language="en", by=host, at=at)  # fmt: skip
    deliver_events()
    assert "SMS to +66891112222: You have a new role at TourDee. Please sign in with this number." in caplog.text


def test_officers_see_their_own_offices_only(officer, other_officer, office, other_office):
    assert (queries.offices_of(officer), queries.offices_of(other_officer)) == ([office], [other_office])


def test_people_of_an_organisation_are_the_active_ones(partner, instructor, owner, at):
    actions.add_member(user=owner, organisation=partner, role="instructor", at=at)
    assert queries.people_in(partner, "instructor") == [instructor, owner]
    owner.is_active = False
    owner.save()
    assert queries.people_in(partner, "instructor") == [instructor]


def test_roles_are_asked_once_for_a_loaded_person(officer, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [queries.is_officer(officer), queries.is_instructor(officer), queries.needs_second_factor(officer)] == [
            True, False, True,
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "first"),
    [("owner", "/learn/"), ("instructor", "/teaching/"), ("officer", "/office/cohorts/"), ("host", "/host/people/")],
)
def test_tabs_are_those_of_the_role(request, client_of, in_demo, who, first, django_assert_num_queries):
    person = request.getfixturevalue(who)
    client = client_of(person)
    with django_assert_num_queries(5):
        tabs = client.get("/my/community/").context["tabs"]
        urls = [tab.url for tab in tabs]
    assert (urls[0], urls[1], urls[-1], len(urls) <= 5) == ("/today/", first, "/account/profile/", True)


def test_visitors_have_no_tabs(db):
    assert list(Client().get("/communities/").context["tabs"]) == []
