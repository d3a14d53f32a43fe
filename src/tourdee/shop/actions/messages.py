"""Messages about orders: to the buyer in the order's language, to the sellers in their own; by the outbox, so they
go once what they tell of is committed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from tourdee.core import mail
from tourdee.people import actions as people
from tourdee.people.models import User

from ..models import Order, OrderNote, WaitingParty

NOTES = {
    "email": ("ส่งข้อความถึงผู้ซื้อทางอีเมลแล้ว", "Message sent to the buyer by e-mail."),
    "phone": ("ส่งข้อความถึงผู้ซื้อทาง SMS แล้ว", "Message sent to the buyer by SMS."),
}


@dataclass(frozen=True)
class Message:
    """``template`` below shop/messages; ``subject`` and the short ``sms`` are lazy texts with ``%(code)s``,
    ``%(shop)s`` and ``%(link)s`` (to a waiting party: ``%(tour)s`` and ``%(link)s``)."""

    template: str
    subject: Any
    sms: Any


def tell_buyer(*, order: Order, message: Message, at: datetime, **more: Any) -> None:
    """Send it to the buyer's e-mail, else to their telephone, and write down that it was sent. Of who bought in a chat
    or at the counter, often only the name is known, or a number that no SMS goes to: they have the seller."""
    if not order.buyer_email and not order.buyer_phone:
        return
    with translation.override(order.language):
        link = settings.SITE_URL + reverse("order_status", args=[order.secret])
        said = {"code": order.code, "shop": _shop_name(order), "link": link}
        subject, sms = message.subject % said, message.sms % said
    context = {"order": order, "link": link, "lines": list(order.lines.all()), **more}
    if order.buyer_email:
        mail.post(
            to=order.buyer_email, subject=subject, template=f"shop/messages/{message.template}", context=context,
            language=order.language,
        )  # fmt: skip
    elif not people.post_sms(to=order.buyer_phone, text=sms):
        return
    thai, english = NOTES["email" if order.buyer_email else "phone"]
    OrderNote.objects.create(order=order, at=at, kind="message_sent", text_th=thai, text_en=english)


def tell_party(*, party: WaitingParty, message: Message, **more: Any) -> None:
    """The same to who waits for seats, with the link to their place in the queue."""
    with translation.override(party.language):
        link = settings.SITE_URL + reverse("waiting_place", args=[party.secret])
        tour = party.departure.tour
        said = {"tour": _in_language(tour.name_th, tour.name_en), "link": link}
        subject, sms = message.subject % said, message.sms % said
    if party.email:
        mail.post(
            to=party.email, subject=subject, template=f"shop/messages/{message.template}",
            context={"party": party, "link": link, **more}, language=party.language,
        )  # fmt: skip
    elif party.phone:
        people.post_sms(to=party.phone, text=sms)


def tell_seller(*, user: User, order: Order, message: Message, **more: Any) -> None:
    """Send it to the owner of the shop or of the business that is paid."""
    with translation.override(user.language):
        link = settings.SITE_URL + reverse("my_orders")
        said = {"code": order.code, "shop": _shop_name(order), "reseller": order.resold_by, "link": link}
        subject, sms = message.subject % said, message.sms % said
    context = {"order": order, "link": link, "lines": list(order.lines.all()), "user": user, **more}
    people.tell(
        user=user, subject=subject, template=f"shop/messages/{message.template}", sms=sms, context=context
    )  # fmt: skip


def _shop_name(order: Order) -> str:
    return _in_language(order.shop.name_th, order.shop.name_en)


def _in_language(thai: str, english: str) -> str:
    return thai if (translation.get_language() or "th").startswith("th") else english or thai
