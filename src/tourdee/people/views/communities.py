"""Communities for everybody, and for those who keep their pages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import actions, queries
from ..forms import AddMemberForm, CommunityForm, CommunitySearchForm
from ..models import Community, CommunityMember
from .browser import PersonRequest, language_of_page

A_PAGE = 24


def communities(request: HttpRequest) -> HttpResponse:
    """All communities, searchable by name and province."""
    form = CommunitySearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.communities_shown(words=asked.get("q") or "", province=asked.get("province"))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    narrowed = any(asked.get(name) for name in ("q", "province"))
    return render(request, "people/communities.html", {"form": form, "page": page, "narrowed": narrowed})


def community(request: HttpRequest, slug: str) -> HttpResponse:
    """One community: picture, story, province, and the way to its shops."""
    shown = get_object_or_404(queries.communities_shown(), slug=slug)
    return render(
        request, "people/community.html", {"community": shown, "may_edit": queries.may_edit(request.user, shown)}
    )


@login_required
def my_communities(request: PersonRequest) -> HttpResponse:
    """The communities one belongs to, leads, or was invited to."""
    page = {"mine": queries.communities_of(request.user), "invitations": queries.invitations_of(request.user)}
    return render(request, "people/my_communities.html", page)


@login_required
def community_create(request: PersonRequest) -> HttpResponse:
    """Found a community."""
    form = CommunityForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_community(page=form.page(), by=request.user, at=timezone.now())
        except actions.TooManyCommunities:
            form.add_error(None, _("One person can lead three communities at most."))
        else:
            return redirect("community", slug=made.slug)
    return render(request, "people/community_edit.html", {"form": form})


@login_required
def community_edit(request: PersonRequest, slug: str) -> HttpResponse:
    """Write the page anew; leaders only."""
    shown = get_object_or_404(queries.led_communities(request.user), slug=slug)
    initial = {name: getattr(shown, name) for name in ("name_th", "name_en", "province", "story_th", "story_en")}
    form = CommunityForm(request.POST or None, request.FILES or None, initial=initial, has_picture=bool(shown.picture))
    if request.method == "POST" and form.is_valid():
        actions.edit_community(community=shown, page=form.page(shown.picture))
        messages.success(request, _("Saved."))
        return redirect("community", slug=shown.slug)
    return render(request, "people/community_edit.html", {"form": form, "community": shown})


@login_required
def community_members(request: PersonRequest, slug: str) -> HttpResponse:
    """Who belongs to it; the form adds one; leaders only."""
    shown = get_object_or_404(queries.led_communities(request.user), slug=slug)
    form = AddMemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _added(request, shown, form):
        return redirect("community_members", slug=shown.slug)
    page = {"community": shown, "members": queries.members_for_leader(shown), "form": form}
    return render(request, "people/community_members.html", page)


@login_required
@require_POST
def community_member_change(request: PersonRequest, slug: str, member: str) -> HttpResponse:
    """Remove somebody, or let them edit the page too; leaders only."""
    shown = get_object_or_404(queries.led_communities(request.user), slug=slug)
    chosen = get_object_or_404(shown.members.select_related("user"), public_id=member)
    wish, now = request.POST.get("wish"), timezone.now()
    try:
        if wish == "remove":
            actions.remove_community_member(member=chosen, by=request.user, at=now)
        elif wish in ("lead", "follow"):
            actions.set_leader(member=chosen, leads=wish == "lead", by=request.user, at=now)
        else:
            raise Http404
    except actions.LastLeader:
        messages.error(request, _("A community needs at least one leader. Choose another one first."))
    still_leads = queries.may_edit(request.user, shown)
    return redirect("community_members", slug=shown.slug) if still_leads else redirect("my_communities")


@login_required
@require_POST
def community_answer(request: PersonRequest, member: str) -> HttpResponse:
    """Say yes or no to an invitation, or leave."""
    mine = get_object_or_404(CommunityMember.objects.select_related("community"), public_id=member, user=request.user)
    wish = request.POST.get("wish")
    if wish in ("join", "decline"):
        actions.answer_invitation(member=mine, yes=wish == "join")
    elif wish == "leave":
        try:
            actions.remove_community_member(member=mine, by=request.user, at=timezone.now())
        except actions.LastLeader:
            messages.error(request, _("A community needs at least one leader. Choose another one first."))
    return redirect("my_communities")


def _added(request: PersonRequest, shown: Community, form: AddMemberForm) -> bool:
    address = form.cleaned_data["address"]
    try:
        actions.add_community_member(
            community=shown, address=address, by=request.user, language=language_of_page(), at=timezone.now()
        )
    except actions.TooManyAdded:
        form.add_error("address", _("You have added many people today. Please go on tomorrow."))
        return False
    except actions.MemberAlready:
        form.add_error("address", _("This person is on the list already."))
        return False
    messages.success(request, _("Added. Tell them to sign in with %(address)s and say yes.") % {"address": address})
    return True
