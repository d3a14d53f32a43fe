"""Templates of Shopee, Lazada and TikTok Shop: uploaded, looked over, filled, taken away."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tourdee.core.spreadsheets import XLSX, download
from tourdee.shop.queries.selling import shop_of

from ..actions import templates as acts
from ..forms.templates import TemplateForm
from ..keys import FIELDS, MARKETPLACES
from ..models import Template
from ..queries.goods import goods_for
from ..queries.templates import templates_for, templates_of
from ..xlsx import CannotRead


@require_http_methods(["GET", "POST"])
@login_required
def my_marketplaces(request: Any) -> HttpResponse:
    """All templates, and the form for another."""
    shop = shop_of(request.user)
    if shop is None or shop.opened_at is None:
        return redirect("open_shop")
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        marketplace = MARKETPLACES[form.cleaned_data["marketplace"]]
        try:
            template = acts.keep_template(
                shop=shop, marketplace=marketplace, upload=form.cleaned_data["file"], at=timezone.now()
            )
            return redirect("marketplace_template", public_id=template.public_id)
        except CannotRead as problem:
            form.add_error("file", problem.message)
    known = [(one, MARKETPLACES[one.marketplace]) for one in templates_of(shop)]
    return render(request, "marketplaces/my_marketplaces.html", {"shop": shop, "form": form, "templates": known})


def _own(request: Any, public_id: str) -> Template:
    return get_object_or_404(templates_for(request.user), public_id=public_id)


@require_safe
@login_required
def template(request: Any, public_id: str) -> HttpResponse:
    """What goes into which column, and which items."""
    return _page(request, _own(request, public_id))


def _page(request: Any, template: Template) -> HttpResponse:
    marketplace = MARKETPLACES[template.marketplace]
    told = {one[0] for one in template.told}
    columns = [one | {"field_name": FIELDS.get(one["field"], "")} for one in template.columns]
    context = {
        "template": template,
        "marketplace": marketplace,
        "ours": [one for one in columns if one["field"]],
        "others": [one for one in columns if not one["field"]],
        "columns": columns,
        "fields": FIELDS.items(),
        "goods": [(one, not one.gaps if not told else one.variant.public_id in told)
                  for one in goods_for(template.shop, marketplace)],
    }  # fmt: skip
    return render(request, "marketplaces/template.html", context)


@require_POST
@login_required
def set_columns(request: Any, public_id: str) -> HttpResponse:
    """The seller corrects what was found."""
    own = _own(request, public_id)
    given = {one["column"]: request.POST.get(f"column_{one['column']}", "") for one in own.columns}
    try:
        acts.set_columns(template=own, fields=given)
        messages.success(request, _("Saved."))
    except acts.ColumnTwice as problem:
        messages.error(request, problem.message)
    return redirect("marketplace_template", public_id=public_id)


@require_POST
@login_required
def filled_file(request: Any, public_id: str) -> HttpResponse:
    """The file, with the chosen items in it."""
    own = _own(request, public_id)
    try:
        made = acts.fill_template(template=own, variants=request.POST.getlist("variant"), at=timezone.now())
    except acts.NothingChosen as problem:
        messages.error(request, problem.message)
        return redirect("marketplace_template", public_id=public_id)
    return download(made, own.name if own.name.lower().endswith(".xlsx") else f"{own.name}.xlsx", XLSX)


@require_POST
@login_required
def uploaded(request: Any, public_id: str) -> HttpResponse:
    """The seller uploaded the file there."""
    own = _own(request, public_id)
    number = acts.say_uploaded(template=own, by=request.user, at=timezone.now())
    words = ngettext("Noted: %(number)s item stands in %(name)s.", "Noted: %(number)s items stand in %(name)s.", number)
    messages.success(request, words % {"number": number, "name": MARKETPLACES[own.marketplace].name})
    return redirect("marketplace_template", public_id=public_id)


@require_POST
@login_required
def forget(request: Any, public_id: str) -> HttpResponse:
    """The template goes."""
    acts.forget_template(template=_own(request, public_id))
    messages.success(request, _("The template is deleted."))
    return redirect("my_marketplaces")
