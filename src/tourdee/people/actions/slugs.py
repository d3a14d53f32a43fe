"""Readable parts of addresses."""

from django.db.models import Model
from django.utils.text import slugify

from tourdee.core.ids import short_code

LONGEST = 50


def free_slug(model: type[Model], name: str) -> str:
    """The English name where it is free among the model's ``slug``, else with a short code, which never collides in
    practice."""
    kind = model.__name__.lower()
    wished = slugify(name)[:LONGEST] or kind
    taken = wished == kind or model._default_manager.filter(slug=wished).exists()
    return f"{wished}-{short_code().lower()}" if taken else wished
