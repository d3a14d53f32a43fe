"""Offices that run programmes and partners whose teams teach: added and named by the host."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tourdee.core import audit

from ..models import Organisation, User
from .slugs import free_slug


@dataclass(frozen=True, kw_only=True)
class OrganisationDetails:
    """Its names, and the partner that a team belongs to."""

    name_th: str
    name_en: str
    parent: Organisation | None = None


@transaction.atomic
def create_organisation(*, kind: str, details: OrganisationDetails, by: User, at: datetime) -> Organisation:
    """A new office or partner. An office belongs to nobody."""
    named = vars(details) if kind == Organisation.Kind.PARTNER else {**vars(details), "parent": None}
    made = Organisation.objects.create(slug=free_slug(Organisation, details.name_en), kind=kind, **named)
    audit.record("create_organisation", subject=made, actor=by, at=at, text=f"{by} added the {kind} {made}")
    return made


@transaction.atomic
def change_organisation(*, organisation: Organisation, details: OrganisationDetails, by: User, at: datetime) -> None:
    """Other names, another parent. What it is stays, because its officers and programmes depend on it, and certificates that
    were issued keep the name of their day."""
    before = str(organisation)
    organisation.name_th, organisation.name_en = details.name_th, details.name_en
    if organisation.kind == Organisation.Kind.PARTNER:
        organisation.parent = details.parent
    organisation.save(update_fields=["name_th", "name_en", "parent"])
    audit.record(
        "change_organisation", subject=organisation, actor=by, at=at, text=f"{by} changed {before} to {organisation}"
    )
