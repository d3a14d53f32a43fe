"""The shelf: what there is, pieces in and out, a table out and in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from tourdee.core.dates import bangkok_day
from tourdee.core.spreadsheets import CSV, BadSheet, csv_text, download

from ...actions import conflicts, stock_room
from ...forms.seller_stock import CountsForm, MoveForm, new_key, read_counts, sealed, unsealed
from ...models import Shop
from ...queries.stock_room import movements_of, shelf, variants_of
from .access import PersonRequest, with_shop


@require_safe
@with_shop
def my_stock(request: PersonRequest, shop: Shop) -> HttpResponse:
    """Everything on the shelf, what runs out first."""
    rows = shelf(shop)
    return render(request, "shop/seller/stock.html", {"rows": rows, "low": sum(row.low for row in rows)})


@require_http_methods(["GET", "POST"])
@with_shop
def move_stock(request: PersonRequest, shop: Shop, public_id: str) -> HttpResponse:
    """One variant: pieces in, out or counted, and what happened before."""
    variant = get_object_or_404(variants_of(shop), public_id=public_id)
    form = MoveForm(request.POST or None, initial={"seen": variant.stock, "key": new_key(), "kind": "arrived"})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            if form.change:
                stock_room.move_stock(
                    variant=variant, change=form.change, kind=typed["kind"], reason=typed["reason"], key=typed["key"],
                    by=request.user, at=timezone.now(),
                )  # fmt: skip
            messages.success(request, _("Saved."))
            return redirect("move_stock", public_id=public_id)
        except (stock_room.BelowReserved, conflicts.TryAgain) as refused:
            form.add_error("pieces", refused.message)
    context = {"variant": variant, "form": form, "movements": movements_of(variant)}
    return render(request, "shop/seller/stock_move.html", context)


@require_safe
@with_shop
def stock_table(request: PersonRequest, shop: Shop) -> HttpResponse:
    """The shelf as a table with an empty column to count into."""
    header = [_("Code (do not change)"), _("Product"), _("Variant"), _("In stock"), _("Counted")]
    rows = [[one.public_id, one.product.name_th, one.name_th, one.stock, ""] for one in variants_of(shop)]
    return download(csv_text(header, rows), f"tourdee-stock-{bangkok_day(timezone.now()).isoformat()}.csv", CSV)


@require_http_methods(["GET", "POST"])
@with_shop
def stock_counts(request: PersonRequest, shop: Shop) -> HttpResponse:
    """The table comes back: first what it would change, then all of it or nothing."""
    if "sealed" in request.POST:
        return _counted(request, shop)
    form = CountsForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            rows, counts = read_counts(form.cleaned_data["table"], list(variants_of(shop)))
        except BadSheet as refused:
            form.add_error("table", str(refused))
        else:
            wrong = any(row.problem for row in rows)
            text = "" if wrong or not counts else sealed(counts)
            context |= {"rows": rows, "wrong": wrong, "sealed": text, "key": new_key()}
    return render(request, "shop/seller/stock_counts.html", context)


def _counted(request: PersonRequest, shop: Shop) -> HttpResponse:
    counts = unsealed(request.POST["sealed"], list(variants_of(shop)))
    try:
        changed = stock_room.write_counts(
            counts=counts, reason=_("counted by table"), key=request.POST.get("key", "")[:40], by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except (stock_room.BelowReserved, conflicts.TryAgain) as refused:
        messages.error(request, refused.message)
        return redirect("stock_counts")
    said = ngettext("%(number)s number was changed.", "%(number)s numbers were changed.", changed)
    messages.success(request, said % {"number": changed})
    return redirect("my_stock")
