"""Tours and workshops: made, changed, published, hidden."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tourdee.core.dates import bangkok_day

from ...actions import catalogue, copying, publishing
from ...forms.seller_tours import TermsForm, TourForm, price_forms
from ...forms.suggested_price import SuggestedPrice
from ...models import Shop, Tour
from ...queries import selling
from ...queries.english import missing_english
from ...queries.licences import may_sell_tour
from ...queries.publishing import faults_of
from ...queries.storefront.words import span
from .access import PersonRequest, with_shop
from .refusals import refused
from .suggested import taken_over
from .to_do import say_not_ready, to_do


def own_tours(request: PersonRequest) -> QuerySet[Tour]:
    """Nobody else's tours exist."""
    return Tour.objects.filter(shop__owner=request.user).select_related("shop__business", "shop__owner", "operator")


@require_safe
@login_required
def my_tour(request: PersonRequest, public_id: str) -> HttpResponse:
    """One tour: its parts, what is missing, and the button that publishes it."""
    tour = get_object_or_404(own_tours(request), public_id=public_id)
    now = timezone.now()
    ahead, _over = selling.dates_of(tour, now)
    faults = faults_of(tour)
    context = {
        "tour": tour,
        "to_do": to_do(tour, faults),
        "faulty": {fault.part for fault in faults},
        "lawful": may_sell_tour(tour, bangkok_day(now)),
        "prices": tour.prices.filter(is_active=True),
        "pictures": list(tour.pictures.all()),
        "tiers": [(span(tier.hours_before), tier.refund_percent) for tier in tour.tiers.all()],
        "ahead": ahead,
        "english": missing_english(tour),
    }
    return render(request, "shop/seller/tour.html", context)


@require_http_methods(["GET", "POST"])
@with_shop
def new_tour(request: PersonRequest, shop: Shop) -> HttpResponse:
    """A draft. The parts follow on its page."""
    now = timezone.now()
    start = {"province": shop.province, "languages": ["th"], "kind": request.GET.get("kind", "")}
    form = TourForm(request.POST or None, initial=start, partners=selling.operators_for(shop, now))
    if request.method == "POST" and form.is_valid():
        tour = catalogue.create_tour(shop=shop, details=form.details())
        messages.success(request, _("Saved as a draft. Now add prices, pictures and dates."))
        return redirect("my_tour", public_id=tour.public_id)
    return render(request, "shop/seller/tour_form.html", {"form": form, "tour": None})


@require_http_methods(["GET", "POST"])
@login_required
def edit_tour(request: PersonRequest, public_id: str) -> HttpResponse:
    """What the tour says."""
    tour = get_object_or_404(own_tours(request), public_id=public_id)
    now = timezone.now()
    partners = selling.operators_for(tour.shop, now)
    form = TourForm(request.POST or None, initial=TourForm.values_of(tour), partners=partners)
    if request.method == "POST" and form.is_valid():
        details = form.details()
        if not refused(form, lambda: catalogue.edit_tour(tour=tour, details=details, at=now)):
            messages.success(request, _("Saved."))
            return redirect("my_tour", public_id=tour.public_id)
    return render(request, "shop/seller/tour_form.html", {"form": form, "tour": tour})


@require_http_methods(["GET", "POST"])
@login_required
def tour_prices(request: PersonRequest, public_id: str) -> HttpResponse:
    """Price categories; the calculations of topic 3 beside them fill in a price."""
    tour = get_object_or_404(own_tours(request), public_id=public_id)
    rows, help = price_forms(tour, request.POST or None), selling.price_help(request.user, "tour")
    takes = SuggestedPrice(request.POST, rows=rows, help=help)
    if takes.is_bound:
        rows = taken_over(request, rows, takes)
    elif request.method == "POST" and rows.is_valid():
        act = catalogue.set_prices
        if not refused(rows, lambda: act(tour=tour, rows=rows.rows(), by=request.user, at=timezone.now())):
            messages.success(request, _("Prices saved."))
            return redirect("my_tour", public_id=tour.public_id)
    context = {"tour": tour, "rows": rows, "help": help, "takes": takes}
    return render(request, "shop/seller/tour_prices.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def tour_terms(request: PersonRequest, public_id: str) -> HttpResponse:
    """What goes back when a buyer cancels."""
    tour = get_object_or_404(own_tours(request), public_id=public_id)
    form = TermsForm(request.POST or None, tour=tour)
    if request.method == "POST" and form.is_valid():
        act = catalogue.set_terms
        if not refused(form, lambda: act(tour=tour, tiers=form.tiers(), at=timezone.now())):
            messages.success(request, _("Terms saved. Orders already placed keep theirs."))
            return redirect("my_tour", public_id=tour.public_id)
    return render(request, "shop/seller/tour_terms.html", {"tour": tour, "form": form})


@require_POST
@login_required
def publish_tour(request: PersonRequest, public_id: str) -> HttpResponse:
    """Make it public, or say what is missing; without a licence, which lawful ways there are."""
    tour = get_object_or_404(own_tours(request), public_id=public_id)
    try:
        publishing.publish_tour(tour=tour, by=request.user, at=timezone.now())
    except publishing.NotLawful:
        messages.error(request, _("This tour needs a tour-business licence before it can be sold."))
        return redirect("lawful_ways")
    except publishing.NotReady:
        say_not_ready(request)
        return redirect("my_tour", public_id=tour.public_id)
    messages.success(request, _("Published. Share it with your friends and guests."))
    return redirect("my_tour", public_id=tour.public_id)


@require_POST
@login_required
def hide_tour(request: PersonRequest, public_id: str) -> HttpResponse:
    """Take it from the market."""
    tour = get_object_or_404(own_tours(request), public_id=public_id)
    publishing.hide_tour(tour=tour, by=request.user, at=timezone.now())
    messages.success(request, _("Hidden. Orders that were placed go on."))
    return redirect("my_tour", public_id=tour.public_id)


@require_POST
@login_required
def copy_tour(request: PersonRequest, public_id: str) -> HttpResponse:
    """A new draft to change."""
    copy = copying.copy_tour(tour=get_object_or_404(own_tours(request), public_id=public_id))
    messages.success(request, _("This is the copy. Give it its own name, pictures and dates."))
    return redirect("my_tour", public_id=copy.public_id)


@require_POST
@login_required
def delete_tour(request: PersonRequest, public_id: str) -> HttpResponse:
    """A draft that nobody needs."""
    tour = get_object_or_404(own_tours(request), public_id=public_id)
    try:
        catalogue.delete_draft(item=tour)
    except catalogue.CannotDelete:
        messages.error(request, _("This was published or ordered, so it stays. You can hide it."))
        return redirect("my_tour", public_id=tour.public_id)
    messages.success(request, _("Deleted."))
    return redirect("my_shop")
