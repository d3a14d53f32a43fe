"""Whom news may go to: groups of followers, counted before anything is sent."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tourdee.core.templatetags.tourdee import local
from tourdee.people.queries import outside_accounts
from tourdee.shop.models import Order, Product, Shop, Tour

from ..models import Broadcast, ChatOrder, Follower, Interest, Tag
from .own import CHANNEL

AUDIENCE = Broadcast.Audience
Item = Tour | Product


def may_write_to(shop: Shop) -> QuerySet[Follower]:
    """Who follows the shop and has not asked for silence."""
    return Follower.objects.filter(shop=shop, left_at__isnull=True, stopped_at__isnull=True)


def audience_of(news: Broadcast, at: datetime) -> QuerySet[Follower]:
    """Whom this news would reach now, those first who were here last."""
    people = may_write_to(news.shop)
    match news.audience:
        case AUDIENCE.TAGGED:
            return people.filter(tags=news.tag_id) if news.tag_id else people.none()
        case AUDIENCE.BOUGHT:
            return people.filter(_bought(about(news)))
        case AUDIENCE.NOT_BOUGHT:
            return people.filter(~_bought(None))
        case AUDIENCE.INTERESTED:
            return people.filter(_looked_at(about(news)), ~_bought(about(news)))
        case AUDIENCE.UNSEEN:
            return people.filter(seen_at__lte=at - timedelta(days=news.days))
    return people


def about(news: Broadcast) -> Item | None:
    """What was bought or looked at; ``None``: anything."""
    return news.about or news.about_goods


def _bought(item: Item | None) -> Q:
    """In the chat, or on the web with the account that they sign in to by this LINE account."""
    in_chat = ChatOrder.objects.filter(follower=OuterRef("pk"), order__status=Order.Status.CONFIRMED)
    in_chat = in_chat.filter(**_holds(item, "order__lines__"))
    return Q(Exists(in_chat)) | Q(Exists(_accounts_that_bought(item)))


def _holds(item: Item | None, lines: str) -> dict[str, Item]:
    """What picks the orders that have it among their ``lines``."""
    if item is None:
        return {}
    return {f"{lines}departure__tour": item} if isinstance(item, Tour) else {f"{lines}variant__product": item}


def _accounts_that_bought(item: Item | None) -> QuerySet[Any]:
    """By the addresses that they have proved to be theirs; never by those of somebody else's order in the same chat."""
    orders = Order.objects.filter(shop=OuterRef(OuterRef("shop")), status=Order.Status.CONFIRMED)
    orders = orders.filter(**_holds(item, "lines__"))
    accounts = outside_accounts(CHANNEL).filter(uid=OuterRef("user_id"))
    by_mail = Exists(orders.filter(buyer_email=OuterRef("user__email")))
    by_phone = Exists(orders.filter(buyer_phone=OuterRef("user__phone")))
    return accounts.filter(by_mail | (Q(user__phone_verified=True) & by_phone))


def _looked_at(item: Item | None) -> Exists:
    interests = Interest.objects.filter(follower=OuterRef("pk"))
    if item is not None:
        interests = interests.filter(**({"tour": item} if isinstance(item, Tour) else {"product": item}))
    return Exists(interests)


def audience_words(news: Broadcast) -> str:
    """``Bought “Old town walk”``: whom it goes to, in the reader's language."""
    item = about(news)
    what = _("“%(tour)s”") % {"tour": local(item, "name")} if item else _("anything")
    said = {
        AUDIENCE.EVERYONE: _("All followers"),
        AUDIENCE.TAGGED: _("Group “%(tag)s”") % {"tag": news.tag.name if news.tag else "–"},
        AUDIENCE.BOUGHT: _("Have bought %(what)s") % {"what": what},
        AUDIENCE.NOT_BOUGHT: _("Have not bought anything yet"),
        AUDIENCE.INTERESTED: _("Looked at %(what)s, not bought") % {"what": what},
        AUDIENCE.UNSEEN: _("Not seen for %(days)d days") % {"days": news.days},
    }
    return said[AUDIENCE(news.audience)]


def people_words(number: int) -> str:
    """``3 people``."""
    return ngettext("%(number)d person", "%(number)d people", number) % {"number": number}


def tags_of(shop: Shop) -> QuerySet[Tag]:
    """The shop's groups with how many may be written to (``people``). One query."""
    writable = Q(followers__left_at__isnull=True, followers__stopped_at__isnull=True)
    return Tag.objects.filter(shop=shop).annotate(people=Count("followers", filter=writable))


def followers_of(shop: Shop, *, tag: str = "") -> QuerySet[Follower]:
    """The shop's followers with their groups and how much they have bought (``bought``), newest first."""
    bought = Count("orders", filter=Q(orders__order__status=Order.Status.CONFIRMED), distinct=True)
    found = Follower.objects.filter(shop=shop, left_at__isnull=True)
    if tag:
        found = found.filter(pk__in=Follower.objects.filter(tags__public_id=tag[:16]).values("pk"))
    return found.annotate(bought=bought).prefetch_related("tags").order_by("-seen_at", "-pk")
