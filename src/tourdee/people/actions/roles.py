"""Who works for whom: given and taken by the host, each with its audit line. A change of role ends the sessions."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from tourdee import events
from tourdee.core import audit

from ..addresses import Address
from ..models import Membership, Organisation, User
from .accounts import end_sessions, person_with


class CannotChangeRole(Exception):
    """The role does not exist there, or the person has it already."""


@transaction.atomic
def add_member(
    *, user: User, organisation: Organisation, role: str, at: datetime, by: User | None = None
) -> Membership:
    """Make somebody officer of an office or instructor of an organisation. Raises CannotChangeRole."""
    _must_fit(role, organisation)
    membership = _made(user, organisation, role)
    _role_changed(user)
    audit.record(
        "add_member", subject=user, actor=by, at=at, text=f"{user} became {role} of {organisation}",
        data={"organisation": organisation.public_id, "role": role},
    )  # fmt: skip
    events.publish(events.RoleGiven(user=user.public_id, organisation=organisation.public_id, role=role))
    return membership


@transaction.atomic
def invite(
    *, address: Address, name: str, organisation: Organisation, role: str, language: str, at: datetime, by: User
) -> Membership:
    """Add a member known by e-mail or telephone; the account is made when there is none. Raises CannotChangeRole."""
    user = person_with(address=address, language=language, proved=False).user
    if name and not user.name:
        user.name = name
        user.save(update_fields=["name"])
    return add_member(user=user, organisation=organisation, role=role, at=at, by=by)


@transaction.atomic
def remove_member(*, membership: Membership, at: datetime, by: User | None = None) -> None:
    """Take a role away. Safe to repeat."""
    if Membership.objects.filter(pk=membership.pk).delete()[0] == 0:
        return
    _role_changed(membership.user)
    audit.record(
        "remove_member", subject=membership.user, actor=by, at=at,
        text=f"{membership.user} is no longer {membership.role} of {membership.organisation}",
        data={"organisation": membership.organisation.public_id, "role": membership.role},
    )  # fmt: skip


@transaction.atomic
def change_role(*, membership: Membership, role: str, at: datetime, by: User | None = None) -> None:
    """Officer instead of instructor, or the reverse, in the same organisation. Raises CannotChangeRole."""
    _must_fit(role, membership.organisation)
    former, membership.role = membership.role, role
    try:
        with transaction.atomic():
            membership.save(update_fields=["role"])
    except IntegrityError as problem:
        membership.role = former
        raise CannotChangeRole("has it already") from problem
    _role_changed(membership.user)
    audit.record(
        "change_role", subject=membership.user, actor=by, at=at,
        text=f"{membership.user}: {former} → {role} of {membership.organisation}",
        data={"organisation": membership.organisation.public_id, "from": former, "to": role},
    )  # fmt: skip


@transaction.atomic
def make_host(*, user: User, at: datetime, by: User | None = None) -> None:
    """Let somebody run this installation."""
    user.is_host = True
    user.save(update_fields=["is_host"])
    _role_changed(user)
    audit.record("make_host", subject=user, actor=by, at=at, text=f"{user} runs this installation")


@transaction.atomic
def set_active(*, user: User, active: bool, at: datetime, by: User) -> None:
    """Close or reopen an account. Raises CannotChangeRole when hosts would close their own."""
    if not active and user.pk == by.pk:
        raise CannotChangeRole("own account")
    user.is_active = active
    user.save(update_fields=["is_active"])
    end_sessions(user=user)
    done = "reopened" if active else "closed"
    audit.record(f"account_{done}", subject=user, actor=by, at=at, text=f"The account of {user} was {done}")


@transaction.atomic
def reset_second_factor(*, user: User, at: datetime, by: User) -> None:
    """For who lost phone, passkey and recovery codes, and showed the host who they are. Ends the sessions."""
    if Authenticator.objects.filter(user=user).delete()[0] == 0:
        return
    end_sessions(user=user)
    audit.record("reset_second_factor", subject=user, actor=by, at=at, text=f"The second factor of {user} was reset")
    events.publish(events.SecurityChanged(user=user.public_id, change="second_factor_reset"))


def _must_fit(role: str, organisation: Organisation) -> None:
    if role not in Membership.Role.values:
        raise CannotChangeRole(role)
    if role == Membership.Role.OFFICER and organisation.kind != Organisation.Kind.OFFICE:
        raise CannotChangeRole("officers work for offices")


def _made(user: User, organisation: Organisation, role: str) -> Membership:
    try:
        with transaction.atomic():
            return Membership.objects.create(user=user, organisation=organisation, role=role)
    except IntegrityError as problem:
        raise CannotChangeRole("has it already") from problem


def _role_changed(user: User) -> None:
    user.__dict__.pop("roles", None)
    end_sessions(user=user)
