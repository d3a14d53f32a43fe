"""Guides, vans and boats of a shop, and what each tour needs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ...actions import assignments
from ...actions import resources as acts
from ...forms.seller_resources import ResourceForm
from ...models import Resource, Shop
from ...queries.resources import agenda, resources_for_seller
from .access import PersonRequest, with_shop
from .tours import own_tours


@require_http_methods(["GET", "POST"])
@with_shop
def my_resources(request: PersonRequest, shop: Shop) -> HttpResponse:
    """All of them, and a form for one more."""
    form = ResourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.make_resource(shop=shop, details=form.details())
        except acts.NameTaken as problem:
            form.add_error("name", problem.message)
        else:
            messages.success(request, _("Saved. Now say which tours need it."))
            return redirect("my_resource", public_id=made.public_id)
    context = {"shop": shop, "form": form, "resources": resources_for_seller(shop)}
    return render(request, "shop/seller/resources.html", context)


def _own(request: PersonRequest, public_id: str) -> Resource:
    mine = Resource.objects.filter(shop__owner=request.user).select_related("shop")
    return get_object_or_404(mine, public_id=public_id)


@require_http_methods(["GET", "POST"])
@login_required
def my_resource(request: PersonRequest, public_id: str) -> HttpResponse:
    """One: where it is expected, and its details."""
    resource, now = _own(request, public_id), timezone.now()
    form = ResourceForm(request.POST or None, initial=ResourceForm.values_of(resource))
    if request.method == "POST" and form.is_valid():
        try:
            acts.change_resource(resource=resource, details=form.details(), at=now)
        except acts.NameTaken as problem:
            form.add_error("name", problem.message)
        except acts.ResourceBusy as problem:
            form.add_error("buffer_minutes", problem.message)
        except acts.TooFewPlaces as problem:
            form.add_error(
                "seats", _("%(problem)s More guests have booked one of its dates.") % {"problem": problem.message}
            )
        else:
            messages.success(request, _("Saved."))
            return redirect("my_resource", public_id=resource.public_id)
    context = {
        "resource": resource,
        "form": form,
        "agenda": agenda(resource, now),
        "tours": resource.shop.tours.order_by("-pk"),
        "attached": set(resource.tours.values_list("pk", flat=True)),
    }
    return render(request, "shop/seller/resource.html", context)


@require_POST
@login_required
def resource_tours(request: PersonRequest, public_id: str) -> HttpResponse:
    """Which tours need it. Dates ahead for which it is not free, or too small, keep what they had."""
    resource, now = _own(request, public_id), timezone.now()
    wanted = set(request.POST.getlist("tour"))
    problems: list[str] = []
    for tour in own_tours(request):
        has = list(tour.resources.filter(is_active=True))
        needs = tour.public_id in wanted
        if needs == (resource in has):
            continue
        kept = [*has, resource] if needs else [one for one in has if one != resource]
        problems += assignments.attach_resources(tour=tour, resources=kept, by=request.user, at=now)
    messages.success(request, _("Saved."))
    if problems:
        messages.warning(request, acts.said_together(problems))
    return redirect("my_resource", public_id=resource.public_id)


@require_POST
@login_required
def put_aside(request: PersonRequest, public_id: str) -> HttpResponse:
    """No longer used, or used again."""
    resource = _own(request, public_id)
    if resource.is_active:
        assignments.put_aside(resource=resource, at=timezone.now())
    else:
        acts.take_up_again(resource=resource)
    messages.success(request, _("Saved."))
    return redirect("my_resources")
