"""One look for every form: label, hint, error, field; errors stand at the field and keep what was typed."""

from typing import Any

from django.forms import CheckboxSelectMultiple, ChoiceField, Field, MultipleChoiceField, RadioSelect
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.translation import gettext_lazy as _

INPUTS = {
    f"django/forms/widgets/{kind}.html"
    for kind in ("checkbox", "date", "email", "file", "hidden", "number", "tel", "text", "url")
}  # fmt: skip
TEXTAREA = "django/forms/widgets/textarea.html"
ERRORS = "django/forms/errors/list/default.html"


class FormRenderer(TemplatesSetting):
    """Set as FORM_RENDERER: ``{{ form }}`` and ``{{ form.name.as_field_group }}`` use core's templates. A plain input, and
    the list of errors of a field that has none, are written without a template: they were a tenth of the checkout."""

    form_template_name = "core/form.html"
    field_template_name = "core/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name in INPUTS:
            return _input(context["widget"])
        if template_name == TEXTAREA:
            return _textarea(context["widget"])
        if template_name == ERRORS and not context["errors"]:
            return ""
        if template_name == self.field_template_name:
            context = {**context, "may_be_empty": _may_be_empty(context["field"].field)}
        return str(super().render(template_name, context, request))


def _may_be_empty(field: Field) -> bool:
    """Whether to say so: not of a choice where something is always chosen."""
    if field.required:
        return False
    if isinstance(field, ChoiceField) and not isinstance(field, MultipleChoiceField):
        choices: Any = field.choices
        return any(not value for value, _label in choices)
    return True


def _input(widget: dict[str, Any]) -> str:
    """What django/forms/widgets/input.html says."""
    said = {"type": widget["type"], "name": widget["name"]}
    if widget["value"] is not None:
        said["value"] = widget["value"]
    return f"<input{_attributes(said | widget['attrs'])}>"


def _textarea(widget: dict[str, Any]) -> str:
    """What django/forms/widgets/textarea.html says. Browsers leave out the first line break."""
    return f"<textarea{_attributes({'name': widget['name']} | widget['attrs'])}>\n{_said(widget['value'] or '')}</textarea>"


def _attributes(said: dict[str, Any]) -> str:
    """What django/forms/widgets/attrs.html says: one that is true has a name only, one that is false is left out."""
    pairs = ((name, value) for name, value in said.items() if value is not False)
    return "".join(f" {name}" if value is True else f' {name}="{_said(value)}"' for name, value in pairs)


def _said(value: Any) -> str:
    return conditional_escape(value if isinstance(value, str) else str(value))


RadioSelect.template_name = CheckboxSelectMultiple.template_name = "core/choices.html"
Field.optional = _("(optional)")  # type: ignore[attr-defined]  # behind the label of what may be left empty; a form may say it better
