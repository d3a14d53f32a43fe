"""Offices and partners: the first thing that a new installation needs, and only the host makes them."""

import pytest
from django.test import Client
from django.urls import reverse

from tourdee.core.models import AuditLine
from tourdee.people import actions
from tourdee.people.models import Membership, Organisation, User

NEW = {"kind": "office", "name_th": "สำนักงานพัฒนาฝีมือแรงงานลำพูน", "name_en": "Lamphun Skill Office", "parent": ""}


@pytest.fixture
def desk(client_of, host) -> Client:
    """The host's browser."""
    return client_of(host)


def test_a_new_installation_goes_from_nothing_to_its_first_officer(desk):
    assert desk.get("/today/").context["today"].first.url == "/host/organisations/"
    assert desk.get("/host/people/invite/").url == "/host/organisations/"
    desk.post("/host/organisations/new/", NEW)
    office = Organisation.objects.get()
    assert (office.kind, office.slug, office.name_th) == ("office", "lamphun-skill-office", NEW["name_th"])
    invitation = {"address": "wipa@example.org", "name": "วิภา", "organisation": office.public_id, "role": "officer"}
    desk.post("/host/people/invite/", invitation)
    assert Membership.objects.get().user.email == "wipa@example.org"
    assert desk.get("/today/").context["today"].first.url == "/host/people/"


def test_each_change_leaves_one_line(desk, host):
    desk.post("/host/organisations/new/", NEW)
    office = Organisation.objects.get()
    desk.post(f"/host/organisations/{office.public_id}/", {"name_th": "สำนักงานลำพูน", "name_en": "Lamphun Office"})
    office.refresh_from_db()
    assert (office.name_th, office.slug, office.kind) == ("สำนักงานลำพูน", "lamphun-skill-office", "office")
    lines = AuditLine.objects.filter(subject_id=office.public_id).order_by("id")
    assert [(line.act, line.actor) for line in lines] == [
        ("create_organisation", host.public_id), ("change_organisation", host.public_id),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name_th": ""}, "name_th"),
        ({"name_en": " "}, "name_en"),
        ({"kind": "host"}, "kind"),
        ({"parent": "x"}, "parent"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_makes_nothing(desk, partner, wrong, field):
    page = desk.post("/host/organisations/new/", NEW | wrong)
    assert list(page.context["form"].errors) == [field]
    assert Organisation.objects.count() == 1


def test_no_two_have_the_same_name(desk, office):
    page = desk.post("/host/organisations/new/", NEW | {"name_th": office.name_th})
    assert page.context["form"].errors == {"name_th": ["มีหน่วยงานชื่อนี้อยู่แล้ว"]}
    kept = {"name_th": office.name_th, "name_en": "Other words"}
    assert desk.post(f"/host/organisations/{office.public_id}/", kept).status_code == 302


def test_the_same_english_name_gets_another_address(host, at):
    slugs = [
        actions.create_organisation(
            kind="partner", details=actions.OrganisationDetails(name_th=name, name_en="Team"), by=host, at=at
        ).slug
        for name in ("ทีมหนึ่ง", "ทีมสอง")
    ]
    assert (slugs[0], len(set(slugs))) == ("team", 2)


def test_a_team_belongs_to_a_whole_partner_and_never_to_itself_or_an_office(desk, partner, office):
    desk.post("/host/organisations/new/", NEW | {"kind": "partner", "parent": partner.public_id})
    team = Organisation.objects.get(slug="lamphun-skill-office")
    assert team.parent == partner

    def offered(one: Organisation) -> list[str]:
        form = desk.get(f"/host/organisations/{one.public_id}/").context["form"]
        return [row.public_id for row in form.fields["parent"].queryset] if "parent" in form.fields else []

    assert (offered(team), offered(partner), offered(office)) == ([partner.public_id], [], [])
    desk.post("/host/organisations/new/", NEW | {"name_th": "สำนักงานอีกแห่ง", "parent": partner.public_id})
    assert Organisation.objects.get(name_th="สำนักงานอีกแห่ง").parent is None


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_with_one_and_three(desk, number, django_assert_num_queries):
    for place in range(number):
        made = Organisation.objects.create(slug=f"o{place}", kind="office", name_th=f"ก{place}", name_en=f"O{place}")
        user = User.objects.create_user(f"{place}@example.org")
        Membership.objects.create(user=user, organisation=made, role="officer")
        Membership.objects.create(user=user, organisation=made, role="instructor")
    with django_assert_num_queries(5):
        rows = desk.get("/host/organisations/").context["organisations"]
        assert [row.people for row in rows] == [1] * number


@pytest.mark.parametrize("name", ["host_organisations", "new_organisation", "edit_organisation"])
@pytest.mark.parametrize("who", ["officer", "instructor", "owner"])
def test_for_everybody_else_the_pages_do_not_exist(request, client_of, office, name, who):
    address = reverse(name, args=[office.public_id] if name == "edit_organisation" else [])
    browser = client_of(request.getfixturevalue(who))
    assert (browser.get(address).status_code, browser.post(address, NEW).status_code) in {(404, 404), (404, 405)}
    assert Organisation.objects.filter(kind="office").count() == 1
