"""Offices and partners as the host sees them: the list, a new one, another name."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from .. import actions, queries
from ..forms import OrganisationForm
from ..models import Organisation
from .browser import PersonRequest
from .host import host_only


@require_safe
@host_only
def host_organisations(request: PersonRequest) -> HttpResponse:
    """Who runs programmes and who teaches."""
    return render(request, "people/host_organisations.html", {"organisations": queries.organisations_with_people()})


@require_http_methods(["GET", "POST"])
@host_only
def new_organisation(request: PersonRequest) -> HttpResponse:
    """Add an office or a partner."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.create_organisation(
            kind=form.cleaned_data["kind"], details=form.details(), by=request.user, at=timezone.now()
        )
        messages.success(request, _("Added. Now invite who works there."))
        return redirect("host_organisations")
    return render(request, "people/host_organisation.html", {"form": form})


@require_http_methods(["GET", "POST"])
@host_only
def edit_organisation(request: PersonRequest, organisation: str) -> HttpResponse:
    """Another name."""
    known = get_object_or_404(Organisation, public_id=organisation)
    initial = {"name_th": known.name_th, "name_en": known.name_en, "parent": known.parent and known.parent.public_id}
    form = OrganisationForm(request.POST or None, organisation=known, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_organisation(organisation=known, details=form.details(), by=request.user, at=timezone.now())
        messages.success(request, _("The organisation is saved."))
        return redirect("host_organisations")
    return render(request, "people/host_organisation.html", {"form": form, "known": known})
