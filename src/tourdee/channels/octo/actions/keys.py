"""Resellers and their keys: made, shown once, revoked."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tourdee.core import audit
from tourdee.core.crypto import keyed_hash
from tourdee.people.models import User
from tourdee.shop.models import Shop

from ..models import MOST_COMMISSION, Key, Reseller

KEY_BYTES = 32
LAST_USE_EVERY = timedelta(minutes=1)  # how exactly the last use is kept: not one write for each request


class NameTaken(Exception):
    """The shop has a reseller of this name."""

    @property
    def message(self) -> str:
        return _("You have a reseller of this name already.")


class BadCommission(Exception):
    """Less than nothing, or so much that the shop would work for it."""

    @property
    def message(self) -> str:
        return _("Please choose a commission from 0 to %(most)s per cent.") % {"most": MOST_COMMISSION}


@dataclass(frozen=True)
class NewKey:
    """A key and its secret, which nobody can read again."""

    key: Key
    secret: str


@transaction.atomic
def add_reseller(*, shop: Shop, name: str, email: str, commission_percent: int, by: User, at: datetime) -> Reseller:
    """Somebody may sell for this shop, once they have a key. Raises NameTaken, BadCommission."""
    if not 0 <= commission_percent <= MOST_COMMISSION:
        raise BadCommission
    try:
        with transaction.atomic():
            reseller = Reseller.objects.create(
                shop=shop, name=name, email=email, commission_percent=commission_percent, made_by=by, created_at=at
            )
    except IntegrityError as taken:
        raise NameTaken from taken
    audit.record(
        "octo.reseller_added", subject=reseller, text=f"{name}: {commission_percent} %", at=at, actor=by
    )  # fmt: skip
    return reseller


@transaction.atomic
def change_reseller(
    *, reseller: Reseller, name: str, email: str, commission_percent: int, by: User, at: datetime
) -> None:
    """Other terms, for bookings from now on. Raises NameTaken, BadCommission."""
    if not 0 <= commission_percent <= MOST_COMMISSION:
        raise BadCommission
    text = f"{reseller.name}, {reseller.commission_percent} % → {name}, {commission_percent} %"
    reseller.name, reseller.email, reseller.commission_percent = name, email, commission_percent
    try:
        with transaction.atomic():
            reseller.save(update_fields=["name", "email", "commission_percent"])
    except IntegrityError as taken:
        raise NameTaken from taken
    audit.record("octo.reseller_changed", subject=reseller, text=text, at=at, actor=by)


@transaction.atomic
def make_key(*, reseller: Reseller, by: User, at: datetime) -> NewKey:
    """A new key beside those that there are, so that a program can change over."""
    secret = "octo_" + secrets.token_urlsafe(KEY_BYTES)
    key = Key.objects.create(reseller=reseller, digest=digest_of(secret), tail=secret[-4:], created_at=at)
    audit.record("octo.key_made", subject=key, text=f"{reseller.name} …{key.tail}", at=at, actor=by)
    return NewKey(key, secret)


@transaction.atomic
def revoke_key(*, key: Key, by: User, at: datetime) -> None:
    """From the next request on it opens nothing. Again changes nothing."""
    if Key.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=at):
        text = f"{key.reseller.name} …{key.tail}"
        audit.record("octo.key_revoked", subject=key, text=text, at=at, actor=by)


def note_use(*, key: int, last_used_at: datetime | None, at: datetime) -> None:
    """That the key was used, to the minute."""
    if last_used_at is None or last_used_at <= at - LAST_USE_EVERY:
        old = Q(last_used_at__isnull=True) | Q(last_used_at__lte=at - LAST_USE_EVERY)
        Key.objects.filter(old, pk=key).update(last_used_at=at)


def digest_of(secret: str) -> str:
    """By which a key is found. A key is drawn from 256 bits, so no slow hash is needed."""
    return keyed_hash("octo key", secret)
