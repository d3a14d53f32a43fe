"""Opening a shop in five short steps, changing it, closing and reopening it.

Each step is saved as it is taken, in the rows of a draft: who comes back tomorrow goes on where they stopped."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tourdee import events
from tourdee.core import pictures
from tourdee.core.audit import record
from tourdee.core.text import comparison_key
from tourdee.legal import actions as legal
from tourdee.legal.models import Business
from tourdee.legal.queries import business_of
from tourdee.people.models import User

from ..models import FormerSlug, Shop
from ..queries.selling import free_slug, opening_steps
from .versions import shop_changed, shop_itself_changed

STATUS = Shop.Status


class SlugTaken(Exception):
    """Another shop has this address."""

    @property
    def message(self) -> str:
        return _("Another shop has this address already. Please choose another one.")


class NameTaken(Exception):
    """Another shop has this name, or one that looks the same."""

    @property
    def message(self) -> str:
        return _("Another shop has this name or one that looks the same. Please add something of your own.")


class NotReadyToOpen(Exception):
    """A step is missing; ``step`` is the first."""

    def __init__(self, step: str) -> None:
        super().__init__(step)
        self.step = step


@dataclass(frozen=True, kw_only=True)
class ShopName:
    """What the first step asks. Without ``slug`` a free one is found."""

    name_th: str
    province: int
    name_en: str = ""
    slug: str = ""


@dataclass(frozen=True, kw_only=True)
class ShopDetails:
    """What the shop's page says besides its name. ``shipping_satang`` is the flat fee of an order with goods."""

    story_th: str = ""
    story_en: str = ""
    phone: str
    line_id: str = ""
    shipping_satang: int = 5000


@transaction.atomic
def name_shop(*, owner: User, name: ShopName, at: datetime) -> Shop:
    """First step: make the draft, or rename the shop that there is. Raises SlugTaken, NameTaken."""
    shop = Shop.objects.filter(owner=owner).first()
    _must_be_free(name, shop)
    slug = name.slug or (shop.slug if shop else free_slug(name.name_en, name.province))
    texts = {"slug": slug, "name_th": name.name_th, "name_en": name.name_en, "province": name.province}
    try:
        with transaction.atomic():
            if shop is None:
                business = business_of(owner) or _nameless_business(owner, name.province, at)
                phone = business.phone or owner.phone or ""
                return Shop.objects.create(owner=owner, business=business, phone=phone, **texts)
            _keep_address(shop, slug)
            Shop.objects.filter(pk=shop.pk).update(**texts)
    except IntegrityError as problem:
        raise SlugTaken from problem
    shop_itself_changed(shop.pk)
    shop.refresh_from_db()
    return shop


def _keep_address(shop: Shop, slug: str) -> None:
    """What the shop was called by so far leads to it still. A draft was shown to nobody."""
    FormerSlug.objects.filter(slug=slug, shop=shop).delete()
    if shop.opened_at and shop.slug != slug:
        FormerSlug.objects.create(slug=shop.slug, shop=shop)


def _must_be_free(name: ShopName, shop: Shop | None) -> None:
    others = Shop.objects.exclude(pk=shop.pk) if shop else Shop.objects.all()
    if name.slug and (
        others.filter(slug=name.slug).exists() or FormerSlug.objects.filter(slug=name.slug).exclude(shop=shop).exists()
    ):
        raise SlugTaken
    wanted = {comparison_key(text) for text in (name.name_th, name.name_en) if text}
    opened = others.filter(~Q(status=STATUS.DRAFT)).values_list("name_th", "name_en")
    if any(comparison_key(taken) in wanted for pair in opened for taken in pair if taken):
        raise NameTaken


def _nameless_business(owner: User, province: int, at: datetime) -> Business:
    """The second step fills it."""
    details = legal.BusinessDetails(Business.Kind.NATURAL, name="", address="", province=province, phone="")
    return legal.save_business(owner=owner, details=details, at=at)


@transaction.atomic
def say_who_sells(*, shop: Shop, details: legal.BusinessDetails, at: datetime) -> None:
    """Second step: the legal person behind the shop."""
    legal.save_business(owner=shop.owner, details=details, business=shop.business, at=at)
    Shop.objects.filter(pk=shop.pk, phone="").update(phone=details.phone)
    shop_changed(shop.pk)


@transaction.atomic
def say_where_money_goes(*, shop: Shop, promptpay: str, promptpay_name: str, by: User, at: datetime) -> None:
    """Third step: the PromptPay that buyers pay straight to. ``promptpay`` is digits only."""
    legal.set_payee(business=shop.business, promptpay=promptpay, promptpay_name=promptpay_name, by=by, at=at)
    shop_changed(shop.pk)


def tell_story(*, shop: Shop, details: ShopDetails, cover: Any = None) -> None:
    """Fourth step, and later changes: the words and the cover. Raises core.pictures.BadPicture."""
    stored = pictures.store_public(cover, f"shops/{shop.public_id}").path if cover else ""
    with transaction.atomic():
        before = Shop.objects.select_for_update().get(pk=shop.pk).cover
        Shop.objects.filter(pk=shop.pk).update(**asdict(details), **({"cover": stored} if stored else {}))
        shop_itself_changed(shop.pk)
        if stored and before:
            transaction.on_commit(lambda: pictures.discard(before))


@transaction.atomic
def open_shop(*, shop: Shop, by: User, at: datetime) -> Shop:
    """Last step: the shop becomes public. Opening an open shop changes nothing. Raises NotReadyToOpen."""
    shop = Shop.objects.select_related("business").get(pk=shop.pk)
    missing = [step.key for step in opening_steps(shop) if not (step.done or step.optional)]
    if missing:
        raise NotReadyToOpen(missing[0])
    first = shop.opened_at is None
    if not Shop.objects.filter(pk=shop.pk).exclude(status=STATUS.OPEN).update(status=STATUS.OPEN):
        return shop
    Shop.objects.filter(pk=shop.pk, opened_at__isnull=True).update(opened_at=at)
    shop_itself_changed(shop.pk)
    record("shop.opened", subject=shop, text=f"เปิดร้าน {shop.name_th}", at=at, actor=by)
    if first:
        events.publish(events.ShopOpened(user=shop.owner.public_id, shop=shop.public_id))
    shop.refresh_from_db()
    return shop


@transaction.atomic
def close_shop(*, shop: Shop, by: User, at: datetime) -> None:
    """Nothing can be ordered any more; orders that were placed go on. Again changes nothing."""
    if Shop.objects.filter(pk=shop.pk, status=STATUS.OPEN).update(status=STATUS.CLOSED):
        shop_itself_changed(shop.pk)
        record("shop.closed", subject=shop, text=f"ปิดร้าน {shop.name_th}", at=at, actor=by)
