"""One look for every form: label, hint, error, field; errors stand at the field and keep what was typed."""

from django.forms import CheckboxSelectMultiple, RadioSelect
from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Set as FORM_RENDERER: ``{{ form }}`` and ``{{ form.name.as_field_group }}`` use core's templates."""

    form_template_name = "core/form.html"
    field_template_name = "core/field.html"


RadioSelect.template_name = CheckboxSelectMultiple.template_name = "core/choices.html"
