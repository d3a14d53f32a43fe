"""People as the host sees them: find, invite, give and take roles, close accounts, answer erasure requests."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import actions, queries
from ..forms import DeclineForm, DirectoryForm, InviteForm, RoleForm
from ..models import ErasureRequest, User
from .browser import PersonRequest, language_of_page

A_PAGE = 50
View = Callable[..., HttpResponse]


def host_only(view: View) -> View:
    """Decorator: for everybody else the page does not exist."""

    @login_required
    @wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_host:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@host_only
def host_people(request: PersonRequest) -> HttpResponse:
    """The list of people, and who waits to be forgotten."""
    form = DirectoryForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    wanted = queries.Directory(asked.get("q") or "", asked.get("role") or "", asked.get("order") or "name")
    page = Paginator(queries.directory(wanted), A_PAGE).get_page(request.GET.get("page"))
    waiting = list(queries.open_erasure_requests())
    return render(request, "people/host_people.html", {"form": form, "page": page, "waiting": waiting})


@host_only
def host_invite(request: PersonRequest) -> HttpResponse:
    """Make somebody officer or instructor, by e-mail or telephone. Where there is no organisation yet, that comes first."""
    if not queries.organisations_with_people().exists():
        return redirect("host_organisations")
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(**form.cleaned_data, language=language_of_page(), by=request.user, at=timezone.now())
        except actions.CannotChangeRole:
            form.add_error("address", _("This person has that role already."))
        else:
            messages.success(request, _("Invited. They get a message and sign in with this address."))
            return redirect("host_people")
    return render(request, "people/host_invite.html", {"form": form})


@host_only
def host_person(request: PersonRequest, person: str) -> HttpResponse:
    """One person: roles, state of the account."""
    shown = get_object_or_404(User, public_id=person)
    page = {
        "person": shown,
        "memberships": [(m, RoleForm(initial={"role": m.role}, auto_id=f"{m.public_id}_%s"))
                        for m in queries.memberships_of(shown)],
        "second_factor": queries.has_second_factor(shown),
        "erasure": queries.open_erasure_of(shown),
        "decline_form": DeclineForm(),
    }  # fmt: skip
    return render(request, "people/host_person.html", page)


@host_only
@require_POST
def host_role(request: PersonRequest, person: str, membership: str) -> HttpResponse:
    """Change or take away one role."""
    shown = get_object_or_404(User, public_id=person)
    chosen = get_object_or_404(shown.memberships.select_related("user", "organisation"), public_id=membership)
    if request.POST.get("wish") == "remove":
        actions.remove_member(membership=chosen, by=request.user, at=timezone.now())
        return redirect("host_person", person=shown.public_id)
    form = RoleForm(request.POST)
    try:
        if form.is_valid():
            actions.change_role(membership=chosen, role=form.cleaned_data["role"], by=request.user, at=timezone.now())
    except actions.CannotChangeRole:
        messages.error(request, _("That role is not possible here, or the person has it already."))
    return redirect("host_person", person=shown.public_id)


@host_only
@require_POST
def host_active(request: PersonRequest, person: str) -> HttpResponse:
    """Close or reopen an account."""
    shown = get_object_or_404(User, public_id=person)
    try:
        actions.set_active(user=shown, active=request.POST.get("active") == "yes", by=request.user, at=timezone.now())
    except actions.CannotChangeRole:
        messages.error(request, _("You cannot close your own account. Another host can."))
    return redirect("host_person", person=shown.public_id)


@host_only
@require_POST
def host_second_factor(request: PersonRequest, person: str) -> HttpResponse:
    """Take passkeys and app away from somebody who lost them all."""
    shown = get_object_or_404(User, public_id=person)
    actions.reset_second_factor(user=shown, by=request.user, at=timezone.now())
    messages.success(request, _("Removed. The person signs in by code and sets up a new one."))
    return redirect("host_person", person=shown.public_id)


@host_only
@require_POST
def host_erasure(request: PersonRequest, request_id: str) -> HttpResponse:
    """Forget a person who asked for it, or decline with the reason."""
    asked = get_object_or_404(ErasureRequest.objects.select_related("user"), public_id=request_id)
    form = DeclineForm(request.POST)
    try:
        if request.POST.get("wish") == "erase":
            actions.erase_person(request=asked, by=request.user, at=timezone.now())
            messages.success(request, _("The person is forgotten."))
        elif form.is_valid():
            actions.decline_erasure(
                request=asked, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
            )
        else:
            messages.error(request, _("Please write the reason, in ten characters or more."))
            return redirect("host_person", person=asked.user.public_id)
    except actions.NothingToErase:
        messages.info(request, _("This request was answered already."))
    return redirect("host_people")
