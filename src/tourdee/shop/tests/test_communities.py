"""A shop on the page of its community."""

import pytest
from django.test import Client
from django.urls import reverse

from tourdee.core.models import AuditLine
from tourdee.people.actions import remove_community_member
from tourdee.people.models import Community, CommunityMember

from ..actions.communities import NotAMember, show_in_community
from ..models import Shop, Tour
from .factories import a_shop, a_tour

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def weavers(owner, teammate):
    """A community that the teammate leads and the owner belongs to."""
    made = Community.objects.create(slug="na-kha", name_th="ทอผ้าบ้านนาข่า", name_en="Ban Na Kha weavers", province=41)
    CommunityMember.objects.create(community=made, user=teammate, is_leader=True)
    CommunityMember.objects.create(community=made, user=owner)
    return made


@pytest.fixture
def workshop(owner):
    """Something that the owner's shop sells without a licence."""
    return a_tour(a_shop(owner, slug="somying"), kind=Tour.Kind.WORKSHOP, name_th="ย้อมครามกับแม่ ๆ")


def form(shop, **more):
    names = ("name_th", "name_en", "province", "slug", "phone", "shipping_satang", "story_th", "story_en", "line_id")
    return {name: getattr(shop, name) for name in names} | {"shipping_satang": "50"} | more


def on_the_page_of(community):
    """What a visitor finds by the button of the community's page."""
    page = Client().get(f"/communities/{community.slug}/").content.decode()
    link = f"{reverse('market')}?community={community.slug}"
    assert link in page
    return Client().get(link).content.decode()


def test_a_member_puts_the_shop_on_the_communitys_page_and_visitors_find_what_it_sells(
    owner, client_of, weavers, workshop
):
    assert workshop.name_th not in on_the_page_of(weavers)
    answer = client_of(owner).post(reverse("edit_shop"), form(workshop.shop, community=weavers.public_id))
    assert answer["Location"] == reverse("my_shop")
    assert workshop.name_th in on_the_page_of(weavers)
    assert weavers.name_th in Client().get(reverse("shop", args=["somying"])).content.decode()
    assert workshop.name_th in Client().get(reverse("market"), {"q": "นาข่า"}).content.decode()
    assert AuditLine.objects.filter(act="shop.community").count() == 1


def test_the_same_again_changes_nothing_and_none_takes_it_out(owner, client_of, weavers, workshop, at):
    show_in_community(shop=workshop.shop, community=weavers, by=owner, at=at)
    before = Shop.objects.get().version
    show_in_community(shop=workshop.shop, community=weavers, by=owner, at=at)
    assert Shop.objects.get().version == before
    page = client_of(owner).get(reverse("edit_shop"))
    assert page.context["form"].initial["community"] == weavers.public_id
    client_of(owner).post(reverse("edit_shop"), form(workshop.shop, community=""))
    assert (Shop.objects.get().community, AuditLine.objects.filter(act="shop.community").count()) == (None, 2)
    assert workshop.name_th not in on_the_page_of(weavers)


@pytest.mark.parametrize("member", ["nobody", "invited"])
def test_who_does_not_belong_to_a_community_cannot_sell_in_its_name(member, stranger, client_of, weavers, at):
    if member == "invited":
        CommunityMember.objects.create(community=weavers, user=stranger, is_confirmed=False)
    own = Community.objects.create(slug="own", name_th="กลุ่มของฉัน", province=50)
    CommunityMember.objects.create(community=own, user=stranger, is_leader=True)
    shop = a_shop(stranger)
    with pytest.raises(NotAMember):
        show_in_community(shop=shop, community=weavers, by=stranger, at=at)
    answer = client_of(stranger).post(reverse("edit_shop"), form(shop, community=weavers.public_id))
    assert (list(answer.context["form"].errors), Shop.objects.get().community) == (["community"], None)


@pytest.mark.parametrize("by", ["owner", "teammate"])
def test_who_leaves_or_is_taken_off_the_list_takes_the_shop_along(
    by, request, owner, weavers, workshop, at, deliver_events
):
    other = Community.objects.create(slug="other", name_th="อีกกลุ่ม", province=41)
    another = CommunityMember.objects.create(community=other, user=owner)
    CommunityMember.objects.create(community=other, user=request.getfixturevalue("teammate"), is_leader=True)
    show_in_community(shop=workshop.shop, community=weavers, by=owner, at=at)
    remove_community_member(member=another, by=owner, at=at)
    deliver_events()
    assert Shop.objects.get().community == weavers
    member = weavers.members.get(user=owner)
    remove_community_member(member=member, by=request.getfixturevalue(by), at=at)
    deliver_events()
    deliver_events()
    assert Shop.objects.get().community is None
    assert workshop.name_th not in on_the_page_of(weavers)


def test_without_a_community_nothing_is_asked_and_the_way_to_one_is_shown(owner, client_of):
    shop = a_shop(owner)
    client = client_of(owner)
    page = client.get(reverse("edit_shop"))
    assert "community" not in page.context["form"].fields
    assert reverse("my_communities") in page.content.decode()
    client.post(reverse("edit_shop"), form(shop, community="x"))
    assert Shop.objects.get().community is None
