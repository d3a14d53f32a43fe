import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tourdee.people import actions, queries
from tourdee.people.addresses import Address
from tourdee.people.models import Community, CommunityMember

PAGE = {"name_th": "บ้านโป่ง", "name_en": "Ban Pong", "province": 70, "story_th": "เราทอผ้า", "story_en": "We weave"}


def photo(name="a.jpg"):
    out = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def test_the_list_is_searched_by_name_and_province(community):
    Community.objects.create(slug="khiri", name_th="คีรีวง", name_en="Khiriwong", province=80)
    client = Client()
    assert [c.slug for c in client.get("/communities/").context["page"]] == ["khiri", "ban-rai"]
    assert [c.slug for c in client.get("/communities/", {"q": "khiri"}).context["page"]] == ["khiri"]
    assert [c.slug for c in client.get("/communities/", {"province": 50}).context["page"]] == ["ban-rai"]
    none = client.get("/communities/", {"q": "ไม่มี"})
    assert "ไม่พบชุมชนที่ค้นหา" in none.content.decode()


@pytest.mark.parametrize(
    "query", [{"q": "x" * 9000}, {"province": "abc"}, {"page": "-1"}, {"page": "9" * 30}, {"q": "\x00"}, {"q": "%"}]
)
def test_odd_searches_are_answered(community, query):
    assert Client().get("/communities/", query).status_code == 200


def test_without_communities_the_page_says_what_to_do(db):
    assert 'href="/my/community/new/"' in Client().get("/communities/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_two_queries(db, number, django_assert_num_queries):
    for n in range(number):
        Community.objects.create(slug=f"c{n}", name_th=f"ชุมชน {n}", province=50)
    with django_assert_num_queries(2):
        Client().get("/communities/")


def test_a_page_tells_the_story_in_the_language_of_the_page(community):
    community.story_th, community.story_en = "เราปลูกขิง", "We grow ginger"
    community.save()
    assert "เราปลูกขิง" in Client().get("/communities/ban-rai/").content.decode()
    page = Client().get("/en/communities/ban-rai/").content.decode()
    assert "We grow ginger" in page
    assert "Ban Rai Kong Khing" in page
    assert 'href="/en/market/?community=ban-rai"' in page
    assert Client().get("/communities/nowhere/").status_code == 404


def test_members_are_counted_and_not_named(community, owner):
    CommunityMember.objects.create(community=community, user=owner)
    page = Client().get("/communities/ban-rai/").content.decode()
    assert "สมาชิก 2 คน" in page
    assert "สมหญิง" not in page


def test_a_community_is_made_with_a_picture(client_of, owner, settings):
    client = client_of(owner)
    answer = client.post("/my/community/new/", {**PAGE, "picture": photo()})
    assert answer["Location"] == "/communities/ban-pong/"
    made = Community.objects.get()
    assert (made.name_th, made.province, made.picture.startswith("communities/")) == ("บ้านโป่ง", 70, True)
    assert (settings.MEDIA_ROOT / f"{made.picture}-400.webp").is_file()
    assert f"{made.picture}-800.webp" in client.get("/communities/ban-pong/").content.decode()
    assert [m.is_leader for m in made.members.all()] == [True]


def test_addresses_of_pages_are_never_shared(owner, at):
    page = actions.CommunityPage("ก", "Ban Pong", 50, "", "", "")
    slugs = [actions.create_community(page=page, by=owner, at=at).slug for _ in range(2)]
    assert slugs[0] == "ban-pong"
    assert slugs[1].startswith("ban-pong-")
    thai = actions.create_community(page=actions.CommunityPage("บ้าน", "", 50, "", "", ""), by=owner, at=at)
    assert thai.slug.startswith("community-")


def test_one_person_leads_three_communities_at_most(client_of, owner):
    client = client_of(owner)
    statuses = [client.post("/my/community/new/", PAGE).status_code for _ in range(4)]
    assert statuses == [302, 302, 302, 200]
    assert Community.objects.count() == 3


@pytest.mark.parametrize(
    ("field", "value"),
    [("name_th", ""), ("province", ""), ("province", "99"), ("name_th", "x" * 121), ("story_th", "\u202e")],
)
def test_a_bad_page_is_refused_at_the_field(client_of, owner, field, value):
    answer = client_of(owner).post("/my/community/new/", {**PAGE, field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert Community.objects.count() == 0


def test_abuse_28_what_is_no_picture_is_refused_at_the_field(client_of, owner):
    evil = SimpleUploadedFile("a.jpg", b"<svg onload=alert(7)>", "image/jpeg")
    answer = client_of(owner).post("/my/community/new/", {**PAGE, "picture": evil})
    assert list(answer.context["form"].errors) == ["picture"]


def test_a_leader_edits_and_takes_the_picture_away(client_of, stranger, community):
    client = client_of(stranger)
    client.post("/my/community/ban-rai/edit/", {**PAGE, "picture": photo()})
    community.refresh_from_db()
    assert (community.name_th, community.slug, bool(community.picture)) == ("บ้านโป่ง", "ban-rai", True)
    kept = community.picture
    client.post("/my/community/ban-rai/edit/", PAGE)
    community.refresh_from_db()
    assert community.picture == kept
    client.post("/my/community/ban-rai/edit/", {**PAGE, "remove_picture": "on"})
    community.refresh_from_db()
    assert community.picture == ""


def test_abuse_23_only_its_leaders_see_and_change_a_community(client_of, owner, community, teammate):
    """A member, a leader of another community and an uninvited leader all find nothing."""
    CommunityMember.objects.create(community=community, user=owner)
    other = Community.objects.create(slug="other", name_th="อื่น", province=50)
    CommunityMember.objects.create(community=other, user=teammate, is_leader=True)
    member = community.members.get(user=owner)
    for person in (owner, teammate):
        client = client_of(person)
        for path in ("edit/", "members/"):
            assert client.get(f"/my/community/ban-rai/{path}").status_code == 404
            assert client.post(f"/my/community/ban-rai/{path}", PAGE).status_code == 404
        remove = client.post(f"/my/community/ban-rai/members/{member.public_id}/", {"wish": "remove"})
        assert remove.status_code == 404
    by_way_of_own = client_of(teammate).post(f"/my/community/other/members/{member.public_id}/", {"wish": "remove"})
    assert by_way_of_own.status_code == 404
    assert community.members.count() == 2


def test_a_person_is_added_by_phone_and_counts_after_saying_yes(client_of, stranger, owner, community):
    leader = client_of(stranger)
    leader.post("/my/community/ban-rai/members/", {"address": "081-234-5678"})
    page = leader.get("/my/community/ban-rai/members/").content.decode()
    assert "081 234 5678" in page
    assert "สมหญิง" not in page
    assert queries.confirmed_members(community) == [stranger]
    member = community.members.get(user=owner)
    client_of(owner).post(f"/my/community/answer/{member.public_id}/", {"wish": "join"})
    assert queries.confirmed_members(community) == [stranger, owner]
    assert "สมหญิง ใจดี" in leader.get("/my/community/ban-rai/members/").content.decode()


def test_abuse_21_adding_known_and_unknown_people_looks_alike(client_of, stranger, owner, teammate, community):
    """Same answer, same row, in the order of adding, whether or not somebody has the address."""
    leader = client_of(stranger)
    added = ["nobody@example.org", "owner@example.org", "another@example.org", "teammate@example.org"]
    answers = [leader.post("/my/community/ban-rai/members/", {"address": address}) for address in added]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/my/community/ban-rai/members/")}
    page = leader.get("/my/community/ban-rai/members/")
    assert [member.added_as for member in page.context["members"]] == ["", *added]
    rows = re.findall(r"<li class=\"stack-s\">.*?</li>", page.content.decode(), re.DOTALL)[1:]
    alike = {re.sub(r"[a-z]+@example.org|members/[a-z0-9]{16}/|value=\"\w{64}\"", "…", row) for row in rows}
    assert len(alike) == 1


def test_saying_no_leaves_no_trace(client_of, stranger, owner, community, at):
    member = actions.add_community_member(
        community=community, address=Address("email", "owner@example.org"), by=stranger, language="th", at=at
    )
    client_of(owner).post(f"/my/community/answer/{member.public_id}/", {"wish": "decline"})
    assert community.members.count() == 1


def test_abuse_23_only_oneself_answers_an_invitation(client_of, stranger, owner, teammate, community, at):
    member = actions.add_community_member(
        community=community, address=Address("email", "owner@example.org"), by=stranger, language="th", at=at
    )
    answer = client_of(teammate).post(f"/my/community/answer/{member.public_id}/", {"wish": "join"})
    assert answer.status_code == 404
    member.refresh_from_db()
    assert member.is_confirmed is False


def test_an_unconfirmed_leader_may_not_edit(owner, community):
    CommunityMember.objects.create(community=community, user=owner, is_leader=True, is_confirmed=False)
    assert queries.may_edit(owner, community) is False


def test_a_community_keeps_a_leader(client_of, stranger, owner, community):
    client = client_of(stranger)
    mine = community.members.get(user=stranger)
    for wish in ("remove", "follow"):
        client.post(f"/my/community/ban-rai/members/{mine.public_id}/", {"wish": wish})
    client.post(f"/my/community/answer/{mine.public_id}/", {"wish": "leave"})
    assert community.members.filter(is_leader=True).count() == 1
    other = CommunityMember.objects.create(community=community, user=owner)
    client.post(f"/my/community/ban-rai/members/{other.public_id}/", {"wish": "lead"})
    answer = client.post(f"/my/community/ban-rai/members/{mine.public_id}/", {"wish": "follow"})
    assert answer["Location"] == "/my/community/"
    assert list(community.members.filter(is_leader=True).values_list("user", flat=True)) == [owner.pk]


def test_nobody_adds_the_whole_village_in_a_minute(stranger, community, at):
    for number in range(40):
        actions.add_community_member(
            community=community, address=Address("email", f"{number}@example.org"), by=stranger, language="th", at=at
        )
    with pytest.raises(actions.TooManyAdded):
        actions.add_community_member(
            community=community, address=Address("email", "41@example.org"), by=stranger, language="th", at=at
        )


def test_nobody_is_added_twice(client_of, stranger, community):
    client = client_of(stranger)
    client.post("/my/community/ban-rai/members/", {"address": "a@example.org"})
    answer = client.post("/my/community/ban-rai/members/", {"address": "A@example.org"})
    assert answer.context["form"].errors["address"] == ["มีชื่อคนนี้อยู่ในรายชื่อแล้ว"]
