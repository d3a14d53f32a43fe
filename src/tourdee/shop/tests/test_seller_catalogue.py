"""Tours and products: made, priced, published only when lawful and complete, hidden, deleted."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from tourdee.core.models import AuditLine
from tourdee.legal.models import OperatorAgreement, Paper
from tourdee.legal.tests.factories import photo
from tourdee.shop.actions import catalogue, gallery, publishing
from tourdee.shop.actions.orders import place_order
from tourdee.shop.models import CancellationTier, Picture, PriceCategory, Product, Shop, Tour, Variant

from . import factories as f
from .factories import LONG, a_ready_tour


@pytest.fixture
def shop(owner) -> Shop:
    return f.a_shop(owner, opened_at=timezone.now())


def a_ready_product(shop, pictures=1):
    variant = f.a_product(shop, status="draft", description_th=LONG)
    for number in range(pictures):
        Picture.objects.create(product=variant.product, path=f"products/x/{number}", width=1, height=1)
    return variant.product


def faults(refusal):
    return [fault.key for fault in refusal.value.faults]


# ------------------------------------------------------------------ the gate
def test_a_complete_tour_under_a_licence_is_published_once(shop, owner, at, published):
    tour = a_ready_tour(shop)
    done = publishing.publish_tour(tour=tour, by=owner, at=at)
    assert (done.status, done.published_at) == ("published", at)
    publishing.publish_tour(tour=tour, by=owner, at=at)
    assert [type(event).__name__ for event in published] == ["TourPublished"]
    assert (published[0].user, published[0].tour) == (owner.public_id, tour.public_id)
    assert AuditLine.objects.filter(act="tour.published").count() == 1


def test_a_tour_without_a_licence_is_not_published(owner, at, published):
    tour = a_ready_tour(f.a_shop(owner, business=f.a_business(owner, licensed=False)))
    with pytest.raises(publishing.NotLawful):
        publishing.publish_tour(tour=tour, by=owner, at=at)
    assert Tour.objects.get().status == "draft"
    assert published == []


@pytest.mark.parametrize("change", [{"status": "submitted"}, {"status": "refused"}, {"expires_on": "2026-11-22"}])
def test_a_licence_that_waits_was_refused_or_has_ended_is_none(shop, owner, at, change):
    Paper.objects.update(**change)
    with pytest.raises(publishing.NotLawful):
        publishing.publish_tour(tour=a_ready_tour(shop), by=owner, at=at)


def test_a_workshop_and_goods_need_no_licence(owner, at, published):
    shop = f.a_shop(owner, business=f.a_business(owner, licensed=False))
    publishing.publish_tour(tour=a_ready_tour(shop, kind="workshop"), by=owner, at=at)
    publishing.publish_product(product=a_ready_product(shop, pictures=3), by=owner, at=at)
    assert [type(event).__name__ for event in published] == ["TourPublished", "ProductPublished"]
    assert published[1].pictures == 3


def test_a_partners_licence_serves_while_the_agreement_is_active(owner, at):
    business = f.a_business(owner, licensed=False)
    operator = f.an_operator(business)
    tour = a_ready_tour(f.a_shop(owner, business=business), operator=operator)
    OperatorAgreement.objects.update(status="ended")
    with pytest.raises(publishing.NotLawful):
        publishing.publish_tour(tour=tour, by=owner, at=at)
    OperatorAgreement.objects.update(status="active")
    assert publishing.publish_tour(tour=tour, by=owner, at=at).status == "published"


@pytest.mark.parametrize(
    ("spoil", "missing"),
    [
        (lambda tour: tour.pictures.all().delete(), ["picture"]),
        (lambda tour: tour.prices.update(is_active=False), ["price"]),
        (lambda tour: tour.prices.update(seats=0), ["price"]),
        (lambda tour: Tour.objects.update(description_th="short " * 20), ["description"]),
        (lambda tour: Tour.objects.update(description_th=LONG + " สอบถามราคาทางแชท"), ["inbox_price"]),
        (lambda tour: Tour.objects.update(summary_en="Price on request"), ["inbox_price"]),
        (lambda tour: Tour.objects.update(excluded_th="ไม่คืนเงินทุกกรณี"), ["no_refund"]),
        (lambda tour: Shop.objects.update(status="closed"), ["shop"]),
        (lambda tour: type(tour.shop.business).objects.update(promptpay=""), ["payee"]),
        (lambda tour: tour.tiers.all().delete(), ["terms"]),
    ],
)
def test_each_thing_that_is_missing_is_named(shop, owner, at, spoil, missing):
    tour = a_ready_tour(shop)
    spoil(tour)
    with pytest.raises(publishing.NotReady) as refusal:
        publishing.publish_tour(tour=tour, by=owner, at=at)
    assert faults(refusal) == missing
    assert Tour.objects.get().status == "draft"


def test_no_need_to_ask_for_the_price_may_be_written(shop, owner, at):
    tour = a_ready_tour(shop, summary_th="ไม่ต้องทักถามราคา ราคาอยู่บนหน้านี้")
    assert publishing.publish_tour(tour=tour, by=owner, at=at).status == "published"


@pytest.mark.parametrize(
    ("tiers", "lawful"),
    [
        ([(24, 100)], True),
        ([(168, 100), (48, 50)], True),
        ([(720, 100), (360, 50)], True),
        ([(720, 100), (361, 50)], False),
        ([(721, 100), (360, 50)], False),
        ([(720, 99), (360, 50)], False),
        ([(720, 100), (500, 40), (360, 50)], False),
        ([], False),
    ],
)
def test_a_tour_gives_back_what_the_law_asks(shop, owner, at, tiers, lawful):
    tour = a_ready_tour(shop)
    tour.tiers.all().delete()
    for hours, percent in tiers:
        CancellationTier.objects.create(tour=tour, hours_before=hours, refund_percent=percent)
    if lawful:
        publishing.publish_tour(tour=tour, by=owner, at=at)
    else:
        with pytest.raises(publishing.NotReady) as refusal:
            publishing.publish_tour(tour=tour, by=owner, at=at)
        assert faults(refusal) == ["terms"]


def test_a_public_tour_stays_lawful_and_complete_through_every_change(shop, owner, at):
    tour = a_ready_tour(shop)
    publishing.publish_tour(tour=tour, by=owner, at=at)
    prices = [
        catalogue.PriceRow(public_id=row.public_id, name_th="x", price_satang=1, remove=True)
        for row in tour.prices.all()
    ]
    with pytest.raises(publishing.NotReady):
        catalogue.set_prices(tour=tour, rows=prices, by=owner, at=at)
    with pytest.raises(publishing.NotReady):
        catalogue.set_terms(tour=tour, tiers=[(24, 0)], at=at)
    with pytest.raises(publishing.NotReady):
        gallery.delete_picture(picture=tour.pictures.get(), at=at)
    assert tour.prices.filter(is_active=True).count() == 3
    assert [tier.hours_before for tier in tour.tiers.all()] == [72, 24]
    assert tour.pictures.count() == 1


def test_a_workshop_cannot_turn_into_an_unlicensed_tour_while_public(owner, at):
    shop = f.a_shop(owner, business=f.a_business(owner, licensed=False))
    tour = a_ready_tour(shop, kind="workshop")
    publishing.publish_tour(tour=tour, by=owner, at=at)
    details = catalogue.TourDetails(
        kind="tour", name_th="ก", summary_th="ข", description_th=LONG, meeting_point_th="ค", province=50, minutes=60
    )
    with pytest.raises(publishing.NotLawful):
        catalogue.edit_tour(tour=tour, details=details, at=at)
    assert Tour.objects.get().kind == "workshop"


def test_tours_are_hidden_when_the_licence_lapses_and_only_then(shop, owner, at):
    tour = a_ready_tour(shop)
    workshop = a_ready_tour(shop, kind="workshop")
    for one in (tour, workshop):
        publishing.publish_tour(tour=one, by=owner, at=at)
    version = Tour.objects.get(pk=tour.pk).version
    assert publishing.hide_unlawful_tours(at=at) == 0
    Paper.objects.update(expires_on=at.date())
    assert publishing.hide_unlawful_tours(at=at) == 0
    assert publishing.hide_unlawful_tours(at=at + timedelta(days=1)) == 1
    assert list(Tour.objects.order_by("pk").values_list("status", flat=True)) == ["hidden", "published"]
    assert Tour.objects.get(pk=tour.pk).version == version + 1
    assert publishing.hide_unlawful_tours(at=at + timedelta(days=1)) == 0


def test_publishing_and_hiding_bump_tour_and_shop(shop, owner, at):
    tour = a_ready_tour(shop)
    before = (Tour.objects.get().version, Shop.objects.get().version)
    publishing.publish_tour(tour=tour, by=owner, at=at)
    publishing.hide_tour(tour=tour, by=owner, at=at)
    assert (Tour.objects.get().version, Shop.objects.get().version) == (before[0] + 2, before[1] + 2)


def test_more_pictures_of_a_public_product_are_told_again(shop, owner, at, published):
    product = a_ready_product(shop)
    publishing.publish_product(product=product, by=owner, at=at)
    product.refresh_from_db()
    gallery.add_pictures(item=product, uploads=[photo(), photo()], at=at)
    assert [event.pictures for event in published] == [1, 3]


# ------------------------------------------------------------------ prices and stock
def test_a_price_that_was_ordered_is_put_aside_and_the_order_keeps_it(shop, owner, at):
    tour = a_ready_tour(shop, status="published")
    departure = f.a_departure(tour, starts_at=f.in_days(at, 40))
    order = f.an_order(shop, f.seats(departure, 2), at=at)
    adult, child, _lap = tour.prices.all()
    rows = [
        catalogue.PriceRow(public_id=adult.public_id, name_th="ผู้ใหญ่", price_satang=120000, remove=True),
        catalogue.PriceRow(public_id=child.public_id, name_th="ทุกคน", price_satang=99000),
        catalogue.PriceRow(name_th="ชาวต่างชาติ", name_en="Foreigner", price_satang=150000),
    ]
    catalogue.set_prices(tour=tour, rows=rows, by=owner, at=at)
    shown = [(row.name_th, row.price_satang) for row in tour.prices.filter(is_active=True)]
    assert ("ทุกคน", 99000) in shown
    assert ("ชาวต่างชาติ", 150000) in shown
    assert ("ผู้ใหญ่", 120000) not in shown
    assert order.lines.get().unit_price_satang == 120000


def test_prices_of_another_tour_cannot_be_changed_by_their_id(shop, owner, at):
    foreign = f.a_tour()
    row = foreign.prices.first()
    rows = [catalogue.PriceRow(public_id=row.public_id, name_th="ปลอม", price_satang=100)]
    catalogue.set_prices(tour=a_ready_tour(shop), rows=rows, by=owner, at=at)
    row.refresh_from_db()
    assert (row.name_th, row.price_satang) == ("ผู้ใหญ่", 120000)


def test_stock_typed_from_an_old_page_does_not_undo_what_was_sent(shop, owner, at):
    variant = f.a_product(shop, stock=10, status="draft")
    Variant.objects.update(stock=F("stock") - 3)  # three were sent while the page lay open
    rows = [catalogue.VariantRow(public_id=variant.public_id, price_satang=35000, stock=15, stock_seen=10)]
    catalogue.set_variants(product=variant.product, rows=rows, by=owner, at=at)
    assert Variant.objects.get().stock == 12


def test_stock_never_falls_below_what_is_ordered(shop, owner, at):
    variant = f.a_product(shop, stock=5)
    f.an_order(shop, f.goods(variant, 4), at=at)
    rows = [
        catalogue.VariantRow(public_id=variant.public_id, name_th="สีคราม", price_satang=1000, stock=3, stock_seen=5)
    ]
    with pytest.raises(catalogue.StockBelowReserved) as refusal:
        catalogue.set_variants(product=variant.product, rows=rows, by=owner, at=at)
    assert refusal.value.reserved == 4
    assert (Variant.objects.get().stock, Variant.objects.get().price_satang) == (5, 35000)


def test_a_draft_is_deleted_with_its_parts_and_nothing_else_is(shop, owner, at):
    tour = a_ready_tour(shop)
    f.a_departure(tour, starts_at=f.in_days(at, 3))
    catalogue.delete_draft(item=tour)
    assert (Tour.objects.count(), PriceCategory.objects.count(), Picture.objects.count()) == (0, 0, 0)
    public = a_ready_tour(shop)
    publishing.publish_tour(tour=public, by=owner, at=at)
    public.refresh_from_db()
    with pytest.raises(catalogue.CannotDelete):
        catalogue.delete_draft(item=public)


def test_what_was_ordered_cannot_be_deleted(shop, at):
    variant = f.a_product(shop)
    f.an_order(shop, f.goods(variant), at=at)
    with pytest.raises(catalogue.CannotDelete):
        catalogue.delete_draft(item=variant.product)
    assert Product.objects.count() == 1


def test_a_changed_price_holds_at_the_next_order(shop, owner, at):
    variant = f.a_product(shop)
    rows = [catalogue.VariantRow(public_id=variant.public_id, price_satang=50000, stock=5, stock_seen=5)]
    Product.objects.update(description_th=LONG)
    Picture.objects.create(product=variant.product, path="x/y", width=1, height=1)
    catalogue.set_variants(product=variant.product, rows=rows, by=owner, at=at)
    order = place_order(shop=shop, buyer=f.a_buyer(), items=[f.goods(variant)], idempotency_key="k", at=at)
    assert order.goods_satang == 50000


# ------------------------------------------------------------------ pictures
def test_pictures_keep_the_order_in_which_they_were_chosen_and_can_be_moved(shop, at):
    tour = f.a_tour(shop, status="draft")
    assert gallery.add_pictures(item=tour, uploads=[photo(), photo(size=(64, 64)), photo(size=(80, 40))], at=at) == 3
    first, second, third = tour.pictures.all()
    assert [row.width for row in (first, second, third)] == [320, 64, 80]
    gallery.move_picture(picture=third, to="front")
    gallery.move_picture(picture=first, to="down")
    gallery.move_picture(picture=first, to="down")
    assert list(tour.pictures.all()) == [third, second, first]


def test_too_many_pictures_are_refused_and_leave_no_file(shop, at, settings):
    tour = f.a_tour(shop, status="draft")
    for number in range(11):
        Picture.objects.create(tour=tour, path=f"x/{number}", width=1, height=1)
    with pytest.raises(gallery.TooManyPictures):
        gallery.add_pictures(item=tour, uploads=[photo(), photo()], at=at)
    assert tour.pictures.count() == 11


def test_a_bad_picture_among_good_ones_keeps_none(shop, owner, client_of):
    tour = f.a_tour(shop, status="draft")
    bad = SimpleUploadedFile("x.jpg", b"<svg/>", content_type="image/jpeg")
    page = client_of(owner).post(reverse("tour_pictures", args=[tour.public_id]), {"pictures": [photo(), bad]})
    assert list(page.context["form"].errors) == ["pictures"]
    assert tour.pictures.count() == 0


def test_deleting_a_picture_deletes_its_files(shop, at, settings, django_capture_on_commit_callbacks):
    tour = f.a_tour(shop, status="draft")
    gallery.add_pictures(item=tour, uploads=[photo()], at=at)
    picture = tour.pictures.get()
    with django_capture_on_commit_callbacks(execute=True):
        gallery.delete_picture(picture=picture, at=at)
    assert not (settings.MEDIA_ROOT / f"{picture.path}-400.webp").exists()
