"""The pages of tours and products: from nothing to public, wrong fields refused there, lists as cheap for three as for one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tourdee.legal.models import OperatorAgreement
from tourdee.legal.tests.factories import photo
from tourdee.shop.models import Picture, Product, Shop, Tour, Variant
from tourdee.shop.queries.publishing import faults_of

from . import factories as f
from .factories import LONG, a_ready_tour

TOUR = {
    "kind": "tour", "operator": "", "name_th": "เดินเมืองเก่า", "summary_th": "เดินชมวัดและตลาดเช้า", "description_th": LONG,
    "meeting_point_th": "ประตูท่าแพ", "province": "50", "hours": "3", "minutes_more": "30", "languages": ["th", "en"],
    "minimum_group": "1", "maximum_group": "10", "cut_off_hours": "24", "if_too_few": "refund",
}  # fmt: skip


@pytest.fixture
def shop(owner) -> Shop:
    return f.a_shop(owner, opened_at=timezone.now())


def faults(refusal):
    return [fault.key for fault in refusal.value.faults]


def test_a_tour_goes_from_nothing_to_public_by_its_pages(shop, owner, client_of, published):
    client = client_of(owner)
    client.post(reverse("new_tour"), TOUR)
    tour = Tour.objects.get()
    assert (tour.minutes, tour.languages, tour.status) == (210, ["th", "en"], "draft")
    assert [(tier.hours_before, tier.refund_percent) for tier in tour.tiers.all()] == [(168, 100), (48, 50)]
    args = [tour.public_id]
    client.post(reverse("tour_prices", args=args), {
        "price-TOTAL_FORMS": "2", "price-INITIAL_FORMS": "0", "price-0-name_th": "ผู้ใหญ่", "price-0-price_satang": "๑,๒๐๐",
        "price-0-seats": "1", "price-1-name_th": "", "price-1-price_satang": "", "price-1-seats": "1",
    })  # fmt: skip
    assert [(row.name_th, row.price_satang) for row in tour.prices.all()] == [("ผู้ใหญ่", 120000)]
    client.post(reverse("tour_pictures", args=args), {"pictures": [photo(), photo()]})
    client.post(reverse("tour_terms", args=args), {"terms": "flexible"})
    day = timezone.localdate() + timedelta(days=30)
    client.post(reverse("tour_dates", args=args), {"day": day.isoformat(), "start": "09:00", "capacity": "8"})
    assert tour.departures.count() == 1
    answer = client.post(reverse("publish_tour", args=args))
    assert answer["Location"] == reverse("my_tour", args=args)
    assert Tour.objects.get().status == "published"
    assert [type(event).__name__ for event in published] == ["TourPublished"]


def test_publishing_without_a_licence_leads_to_the_lawful_ways(owner, client_of):
    tour = a_ready_tour(f.a_shop(owner, business=f.a_business(owner, licensed=False)))
    page = client_of(owner).post(reverse("publish_tour", args=[tour.public_id]), follow=True)
    assert page.redirect_chain == [(reverse("lawful_ways"), 302)]
    assert {way.key for way in page.context["ways"] if way.open} == {"profile", "workshop", "goods"}


def test_a_product_goes_from_nothing_to_public_by_its_pages(shop, owner, client_of, published):
    client = client_of(owner)
    client.post(reverse("new_product"), {"name_th": "ผ้าฝ้าย", "description_th": LONG, "unit_th": "ผืน"})
    product = Product.objects.get()
    args = [product.public_id]
    client.post(reverse("product_variants", args=args), {
        "variant-TOTAL_FORMS": "2", "variant-INITIAL_FORMS": "0", "variant-0-price_satang": "350", "variant-0-stock": "5",
        "variant-0-stock_seen": "0", "variant-1-price_satang": "", "variant-1-stock": "", "variant-1-stock_seen": "0",
    })  # fmt: skip
    client.post(reverse("product_pictures", args=args), {"pictures": [photo(), photo(), photo()]})
    client.post(reverse("publish_product", args=args))
    assert (Product.objects.get().status, Variant.objects.get().stock) == ("published", 5)
    assert [event.pictures for event in published] == [3]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name_th": ""}, "name_th"),
        ({"description_th": "สั้น"}, "description_th"),
        ({"hours": "0", "minutes_more": "0"}, "hours"),
        ({"hours": "-1"}, "hours"),
        ({"hours": "1e9"}, "hours"),
        ({"hours": "²"}, "hours"),
        ({"minimum_group": "11"}, "maximum_group"),
        ({"maximum_group": "0"}, "maximum_group"),
        ({"province": "999"}, "province"),
        ({"kind": "cruise"}, "kind"),
        ({"languages": ["xx"]}, "languages"),
        ({"operator": "somebody"}, "operator"),
        ({"name_th": "เกาะ\u202eลวง"}, "name_th"),
    ],
)
def test_a_wrong_field_is_refused_there_and_what_was_typed_is_kept(shop, owner, client_of, change, field):
    page = client_of(owner).post(reverse("new_tour"), {**TOUR, **change})
    assert list(page.context["form"].errors) == [field]
    assert LONG in page.content.decode() or "description_th" in change
    assert Tour.objects.count() == 0


@pytest.mark.parametrize("price", ["-1", "1e5", "NaN", "1.234", "99999999999999", "²", "abc", ""])
def test_a_price_that_is_no_amount_is_refused(shop, owner, client_of, price):
    tour = f.a_tour(shop, status="draft")
    page = client_of(owner).post(reverse("tour_prices", args=[tour.public_id]), {
        "price-TOTAL_FORMS": "1", "price-INITIAL_FORMS": "0", "price-0-name_th": "ใหม่", "price-0-price_satang": price,
        "price-0-seats": "1",
    })  # fmt: skip
    assert page.context["rows"].forms[0].errors.keys() == {"price_satang"}
    assert not tour.prices.filter(name_th="ใหม่").exists()


def test_odd_numbers_of_rows_are_survived(shop, owner, client_of):
    tour = f.a_tour(shop, status="draft")
    for total in ("", "-1", "9999999", "x"):
        page = client_of(owner).post(
            reverse("tour_prices", args=[tour.public_id]), {"price-TOTAL_FORMS": total, "price-INITIAL_FORMS": "0"}
        )
        assert page.status_code == 200


def test_own_terms_are_typed_in_days(shop, owner, client_of):
    tour = f.a_tour(shop)
    form = {"terms": "own", "days0": "30", "percent0": "100", "days1": "๑๕", "percent1": "60"}
    client_of(owner).post(reverse("tour_terms", args=[tour.public_id]), form)
    Picture.objects.create(tour=tour, path="x/y", width=1, height=1)
    Tour.objects.update(description_th=LONG)
    client_of(owner).post(reverse("tour_terms", args=[tour.public_id]), form)
    assert [(tier.hours_before, tier.refund_percent) for tier in tour.tiers.all()] == [(720, 100), (360, 60)]


@pytest.mark.parametrize(
    "rows",
    [
        {},
        {"days0": "30", "percent0": "50", "days1": "15", "percent1": "60"},
        {"days0": "30", "percent0": "100", "days1": "30", "percent1": "100"},
        {"days0": "30", "percent0": "101"},
    ],
)
def test_terms_that_make_no_sense_are_refused(shop, owner, client_of, rows):
    tour = f.a_tour(shop, status="draft")
    page = client_of(owner).post(reverse("tour_terms", args=[tour.public_id]), {"terms": "own", **rows})
    assert page.status_code == 200
    assert page.context["form"].errors
    assert [tier.hours_before for tier in tour.tiers.all()] == [72, 24]


def test_a_partner_can_be_chosen_only_while_the_agreement_is_active(owner, client_of):
    business = f.a_business(owner, licensed=False)
    f.a_shop(owner, business=business)
    operator = f.an_operator(business)
    client = client_of(owner)
    client.post(reverse("new_tour"), {**TOUR, "operator": operator.public_id})
    assert Tour.objects.get().operator == operator
    OperatorAgreement.objects.update(status="ended")
    page = client.post(reverse("new_tour"), {**TOUR, "operator": operator.public_id})
    assert list(page.context["form"].errors) == ["operator"]


def test_saved_calculations_stand_beside_the_prices(shop, owner, client_of):
    from tourdee.learn.models import CostSheet

    CostSheet.objects.create(
        user=owner, name="ทัวร์เมืองเก่า", kind="tour", units=4, price_satang=100000, at=timezone.now(),
        fixed_costs=[{"name": "รถ", "satang": 100000}], unit_costs=[{"name": "อาหาร", "satang": 20000}],
    )  # fmt: skip
    tour = f.a_tour(shop)
    page = client_of(owner).get(reverse("tour_prices", args=[tour.public_id]))
    assert [(one.name, one.cost_each, one.break_even) for one in page.context["help"]] == [("ทัวร์เมืองเก่า", 45000, 2)]


def test_names_with_markup_stay_text_on_every_page(owner, client_of):
    canary = "<script>alert(1)</script>"
    shop = f.a_shop(owner, name_th=canary, story_th=canary, opened_at=timezone.now())
    tour = f.a_tour(shop, name_th=canary, summary_th=canary)
    product = f.a_product(shop, name_th=canary).product
    client = client_of(owner)
    names = ("my_tour", "edit_tour", "tour_prices", "tour_terms", "tour_pictures", "tour_dates")
    pages = [
        reverse("my_shop"),
        reverse("edit_shop"),
        reverse("share_shop"),
        *(reverse(n, args=[tour.public_id]) for n in names),
    ]
    pages += [reverse(n, args=[product.public_id]) for n in ("my_product", "edit_product", "product_variants")]
    for page in pages:
        assert canary not in client.get(page).content.decode(), page


def test_posting_every_field_of_a_tour_changes_only_what_the_form_has(shop, owner, client_of):
    other = f.a_shop()
    extra = {"status": "published", "shop": other.pk, "published_at": "2020-01-01", "version": "99", "minutes": "1"}
    client_of(owner).post(reverse("new_tour"), {**TOUR, **extra})
    tour = Tour.objects.get()
    assert (tour.status, tour.shop, tour.published_at, tour.version, tour.minutes) == ("draft", shop, None, 1, 210)


def test_lists_need_as_many_queries_for_three_as_for_one(shop, owner, client_of, django_assert_num_queries):
    client = client_of(owner)
    f.a_tour(shop)
    f.a_product(shop)
    client.get(reverse("my_shop"))
    with django_assert_num_queries(19):
        client.get(reverse("my_shop"))
    for _number in range(2):
        f.a_tour(shop)
        f.a_product(shop)
    with django_assert_num_queries(19):
        client.get(reverse("my_shop"))


def test_what_is_missing_leads_to_the_page_where_it_is_mended(shop, owner, client_of):
    tour, variant = f.a_tour(shop, status="draft", description_th="สั้น"), f.a_product(shop, status="draft")
    tour.prices.all().delete()
    product = variant.product
    client, args = client_of(owner), [tour.public_id]
    page = client.post(reverse("publish_tour", args=args), follow=True)
    assert [str(one) for one in page.context["messages"]] == ["ยังเปิดขายไม่ได้ ทำรายการข้างล่างให้ครบก่อน"]
    pages = [reverse(name, args=args) for name in ("tour_pictures", "edit_tour", "tour_prices")]
    assert [address for _what, address in page.context["to_do"]] == pages
    for address in pages:
        assert f'<a class="row row-link" href="{address}"><span class="grow">' in page.content.decode()
    page = client.get(reverse("my_product", args=[product.public_id]))
    assert reverse("product_pictures", args=[product.public_id]) in [
        address for _what, address in page.context["to_do"]
    ]


def test_thirty_thai_letters_are_counted_as_the_form_counts_them(shop, owner, client_of):
    """Vowels and marks too: what the form took must not be called too short afterwards."""
    words = "เช้าเดินดูต้นตาล สายนวดแป้งทำขนม"
    tour = f.a_tour(shop, status="draft", description_th=words)
    assert (len(words), "description" in [fault.key for fault in faults_of(tour)]) == (32, False)


def test_a_public_tour_without_dates_says_that_nobody_can_book(shop, owner, client_of):
    tour = f.a_tour(shop)
    client, url = client_of(owner), reverse("my_tour", args=[tour.public_id])
    warning = "ยังไม่มีวัน ถ้าไม่มีวันก็ไม่มีใครจองได้"
    assert warning in client.get(url).content.decode()
    f.a_departure(tour, starts_at=timezone.now() + timedelta(days=3))
    assert warning not in client.get(url).content.decode()


def test_terms_are_told_in_days(shop, owner, client_of):
    page = client_of(owner).get(reverse("my_tour", args=[f.a_tour(shop).public_id]))
    assert "ก่อน 3 วัน คืน 100% · ก่อน 1 วัน คืน 50%" in page.content.decode()


def test_the_page_of_orders_has_no_search_before_the_first_order(shop, owner, client_of):
    page = client_of(owner).get(reverse("my_orders")).content.decode()
    assert 'role="search"' not in page
    assert reverse("my_orders_csv") not in page
    f.an_order(shop, f.goods(f.a_product(shop)), at=timezone.now())
    page = client_of(owner).get(reverse("my_orders")).content.decode()
    assert 'role="search"' in page
    assert reverse("my_orders_csv") in page
