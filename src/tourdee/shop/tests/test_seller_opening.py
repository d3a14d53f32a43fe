"""Opening a shop in five steps, changing it, closing and reopening it."""

from itertools import pairwise

import pytest
from django.urls import reverse

from tourdee.core.models import AuditLine
from tourdee.legal.actions import BusinessDetails
from tourdee.legal.models import Business
from tourdee.legal.tests.factories import make_business, photo
from tourdee.shop.actions import opening
from tourdee.shop.models import Shop

from . import factories as f

SELLER = {
    "kind": "natural", "name": "สมหญิง ใจดี", "address": "12 ถ.ท่าแพ อ.เมือง เชียงใหม่ 50100", "phone": "081 234 5678",
}  # fmt: skip
MONEY = {"promptpay": "081-234-5678", "promptpay_name": "น.ส. สมหญิง ใจดี"}


def url(step):
    return reverse("open_shop_step", args=[step])


def walk(client, *, until="look"):
    """Take the steps in order, up to and including that one."""
    forms = {
        "name": {"name_th": "ดอยคำ", "province": "50"}, "seller": SELLER, "money": MONEY,
        "story": {"story_th": "เราอยู่บนดอย", "shipping_satang": "50"}, "look": {},
    }  # fmt: skip
    for step, form in forms.items():
        answer = client.post(url(step), form)
        assert answer.status_code == 302, answer.context and answer.context["form"].errors
        if step == until:
            return


def test_a_shop_opens_in_five_short_steps(owner, client_of, published):
    client = client_of(owner)
    walk(client)
    shop = Shop.objects.get()
    assert (shop.status, shop.owner, shop.name_th, shop.province) == ("open", owner, "ดอยคำ", 50)
    assert (shop.business.name, shop.business.promptpay) == ("สมหญิง ใจดี", "0812345678")
    assert shop.opened_at is not None
    assert [type(event).__name__ for event in published] == ["ShopOpened"]
    assert (published[0].user, published[0].shop) == (owner.public_id, shop.public_id)


def test_every_step_is_kept_for_tomorrow(owner, client_of):
    walk(client_of(owner), until="seller")
    assert Shop.objects.get().status == "draft"
    answer = client_of(owner).get(reverse("open_shop"))
    assert answer["Location"] == url("money")


def test_going_back_shows_what_was_typed_and_keeps_the_rest(owner, client_of):
    client = client_of(owner)
    walk(client, until="money")
    assert client.get(url("name")).context["form"]["name_th"].value() == "ดอยคำ"
    client.post(url("name"), {"name_th": "ดอยใหม่", "province": "57"})
    shop = Shop.objects.get()
    assert (shop.name_th, shop.province, shop.business.promptpay) == ("ดอยใหม่", 57, "0812345678")


def test_a_later_step_cannot_be_taken_before_those_in_front(owner, client_of):
    client = client_of(owner)
    assert client.get(url("money"))["Location"] == url("name")
    assert client.post(url("look"))["Location"] == url("name")
    walk(client, until="name")
    assert client.post(url("look"))["Location"] == url("seller")
    assert Shop.objects.get().status == "draft"


def test_the_story_may_stay_empty(owner, client_of):
    client = client_of(owner)
    walk(client, until="money")
    client.post(url("story"), {"story_th": "", "shipping_satang": "50"})
    client.post(url("look"))
    assert Shop.objects.get().status == "open"


def test_a_person_has_one_shop(owner, client_of):
    client = client_of(owner)
    walk(client)
    walk(client, until="name")
    assert Shop.objects.count() == 1
    assert Business.objects.count() == 1


def test_the_business_that_there_is_becomes_the_shops(owner, at):
    business = make_business(owner, kind="company", name="บริษัท เดิม")
    shop = opening.name_shop(owner=owner, name=opening.ShopName(name_th="ร้านเดิม", province=50), at=at)
    assert shop.business == business


def test_the_code_to_try_is_shown_after_the_number(owner, client_of):
    client = client_of(owner)
    walk(client, until="seller")
    answer = client.post(url("money"), MONEY, follow=True)
    page = answer.content.decode()
    assert 'class="qr-code"' in page
    assert "น.ส. สมหญิง ใจดี" in page


@pytest.mark.parametrize("number", ["1234", "0212345678", "1234567890123", "๐๘๑", "abc"])
def test_a_wrong_promptpay_is_refused_and_kept(owner, client_of, number):
    client = client_of(owner)
    walk(client, until="seller")
    page = client.post(url("money"), {**MONEY, "promptpay": number})
    assert list(page.context["form"].errors) == ["promptpay"]
    assert f'value="{number}"' in page.content.decode()
    assert Business.objects.get().promptpay == ""


@pytest.mark.parametrize("slug", ["Doi", "doi_kham", "-doi", "ดอย", "do", "../x", "doi kham"])
def test_a_wrong_address_is_refused(owner, client_of, slug):
    page = client_of(owner).post(url("name"), {"name_th": "ดอยคำ", "province": "50", "slug": slug})
    assert list(page.context["form"].errors) == ["slug"]


def test_an_address_is_found_when_none_is_given(owner, teammate, at):
    first = opening.name_shop(
        owner=owner, name=opening.ShopName(name_th="ก ข ค", name_en="Doi Kham", province=50), at=at
    )
    assert first.slug == "doi-kham"
    other = opening.name_shop(owner=teammate, name=opening.ShopName(name_th="อื่น", province=50), at=at)
    assert other.slug.startswith("chiang-mai-")


def test_a_taken_address_is_refused_at_the_field(owner, client_of):
    f.a_shop(slug="doi-kham")
    page = client_of(owner).post(url("name"), {"name_th": "ใหม่จ้า", "province": "50", "slug": "doi-kham"})
    assert list(page.context["form"].errors) == ["slug"]


@pytest.mark.parametrize("name", ["ดอยคำ", "ดอยคํา", "ดอยคำ ", "ดอย\u200bคำ"])
def test_a_name_that_looks_the_same_is_refused(owner, at, name):
    f.a_shop(name_th="ดอยคำ")
    with pytest.raises(opening.NameTaken):
        opening.name_shop(owner=owner, name=opening.ShopName(name_th=name, province=50), at=at)


def test_opening_twice_tells_once(owner, client_of, published, at):
    client = client_of(owner)
    walk(client)
    version = Shop.objects.get().version
    opening.open_shop(shop=Shop.objects.get(), by=owner, at=at)
    assert len(published) == 1
    assert Shop.objects.get().version == version


def test_opening_without_who_sells_is_refused(owner, at):
    shop = opening.name_shop(owner=owner, name=opening.ShopName(name_th="ดอยคำ", province=50), at=at)
    with pytest.raises(opening.NotReadyToOpen) as refusal:
        opening.open_shop(shop=shop, by=owner, at=at)
    assert refusal.value.step == "seller"


def test_closing_and_reopening_keeps_the_first_opening(owner, client_of, published):
    client = client_of(owner)
    walk(client)
    opened = Shop.objects.get().opened_at
    client.post(reverse("close_shop"))
    assert Shop.objects.get().status == "closed"
    client.post(reverse("reopen_shop"))
    assert (Shop.objects.get().status, Shop.objects.get().opened_at) == ("open", opened)
    assert len(published) == 1
    assert list(AuditLine.objects.filter(act__startswith="shop.").order_by("id").values_list("act", flat=True)) == [
        "shop.opened",
        "shop.closed",
        "shop.opened",
    ]


def test_every_change_that_a_page_shows_bumps_the_version(owner, at):
    shop = f.a_shop(owner)
    seen = [shop.version]
    opening.name_shop(owner=owner, name=opening.ShopName(name_th="ใหม่", province=50), at=at)
    seen.append(Shop.objects.get().version)
    opening.tell_story(shop=shop, details=opening.ShopDetails(phone="+66812345678", story_th="ใหม่"))
    seen.append(Shop.objects.get().version)
    opening.say_where_money_goes(shop=shop, promptpay="0899999999", promptpay_name="ใหม่", by=owner, at=at)
    seen.append(Shop.objects.get().version)
    opening.close_shop(shop=shop, by=owner, at=at)
    seen.append(Shop.objects.get().version)
    assert [b - a for a, b in pairwise(seen)] == [1, 1, 1, 1]


def test_a_cover_is_kept_and_its_forerunner_deleted(owner, django_capture_on_commit_callbacks):
    from pathlib import Path

    from django.conf import settings

    shop = f.a_shop(owner)
    details = opening.ShopDetails(phone="+66812345678")
    with django_capture_on_commit_callbacks(execute=True):
        opening.tell_story(shop=shop, details=details, cover=photo())
    first = Shop.objects.get().cover
    with django_capture_on_commit_callbacks(execute=True):
        opening.tell_story(shop=shop, details=details, cover=photo())
    assert Shop.objects.get().cover != first
    assert not (Path(settings.MEDIA_ROOT) / f"{first}-400.webp").exists()
    assert (Path(settings.MEDIA_ROOT) / f"{Shop.objects.get().cover}-400.webp").exists()


def test_editing_the_shop_keeps_the_cover_when_none_is_chosen(owner, client_of):
    f.a_shop(owner, cover="shops/x/abc")
    form = {"name_th": "ชื่อใหม่", "province": "57", "slug": "new-name", "phone": "0812345678", "shipping_satang": "๗๕"}
    client_of(owner).post(reverse("edit_shop"), form)
    shop = Shop.objects.get()
    assert (shop.name_th, shop.slug, shop.shipping_satang, shop.cover) == ("ชื่อใหม่", "new-name", 7500, "shops/x/abc")


def test_posting_every_field_of_a_shop_changes_only_what_the_forms_have(owner, stranger, client_of):
    client = client_of(owner)
    extra = {"status": "open", "owner": stranger.pk, "opened_at": "2020-01-01", "version": "99", "business": "1"}
    client.post(url("name"), {"name_th": "ดอยคำ", "province": "50", **extra})
    client.post(url("seller"), {**SELLER, **extra, "takes_partners": "on", "promptpay": "0899999999"})
    shop = Shop.objects.get()
    assert (shop.status, shop.owner, shop.opened_at) == ("draft", owner, None)
    assert (shop.business.takes_partners, shop.business.promptpay) == (False, "")


def test_a_sign_in_is_needed_and_an_unknown_step_is_not_found(client, owner, client_of):
    assert client.get(url("name")).status_code == 302
    assert client.post(reverse("close_shop")).status_code == 302
    assert client_of(owner).get(url("seventh")).status_code == 404


def test_who_has_no_shop_is_invited_and_led_to_open_one(stranger, client_of):
    client = client_of(stranger)
    assert reverse("open_shop") in client.get(reverse("my_shop")).content.decode()
    for name in ("new_tour", "new_product", "edit_shop", "share_shop", "lawful_ways"):
        assert client.get(reverse(name))["Location"] == reverse("open_shop"), name


def test_the_seller_step_starts_with_the_persons_own_name_and_phone(owner, client_of):
    client = client_of(owner)
    walk(client, until="name")
    form = client.get(url("seller")).context["form"]
    assert (form["name"].value(), form["phone"].value()) == ("สมหญิง ใจดี", "081 234 5678")


def test_details_of_another_owner_cannot_be_saved_through_a_shop(owner, stranger, at):
    shop = f.a_shop(owner, business=make_business(stranger))
    details = BusinessDetails("natural", "ปลอม", "ที่อยู่ปลอมยาวพอ", 50, "+66812345678")
    from tourdee.legal.actions import CannotSave

    with pytest.raises(CannotSave):
        opening.say_who_sells(shop=shop, details=details, at=at)
