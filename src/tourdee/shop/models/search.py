"""What the market is searched by."""

from django.db import models
from django.db.models import Q

from .products import Product
from .tours import Tour

MARK = "\ue000"  # a letter of nobody's alphabet (private use): what people type never holds it


def marker(kind: str) -> str:
    """The word by which an index tells tours, workshops and products apart while it looks for other words."""
    return MARK + kind


def sign(kind: str) -> str:
    """The same for the index of letters, which knows runs of three: a single run costs less than a longer word."""
    return MARK + MARK + kind[0]


class SearchEntry(models.Model):
    """One tour or product as it is found: its words cut apart, its text in one spelling, and what it is filtered by.

    Written by ``actions/search.py`` in the transaction of every change that it shows. On SQLite two FTS5 tables follow
    it by triggers, on PostgreSQL two GIN indexes stand on it (migration ``search``). A migration that changes this table
    must make the triggers anew: Django rebuilds a SQLite table and its triggers go with the old one.
    """

    tour = models.OneToOneField(Tour, null=True, blank=True, on_delete=models.CASCADE, related_name="search")
    product = models.OneToOneField(Product, null=True, blank=True, on_delete=models.CASCADE, related_name="search")
    kind = models.CharField(max_length=8, help_text="tour, workshop or product")
    is_listed = models.BooleanField(default=False, help_text="published, in an open shop")
    province = models.PositiveSmallIntegerField()
    from_satang = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="the lowest price for one person or piece"
    )
    languages = models.CharField(max_length=80, blank=True, help_text="of guiding: ,th,en,")
    audiences = models.CharField(max_length=120, blank=True, help_text="for whom: ,family,elders,")
    published_at = models.DateTimeField(null=True, blank=True)
    title_words = models.TextField(help_text="words of the names, with the parts of compounds, one space between")
    words = models.TextField(help_text="all words, likewise")
    text = models.TextField(help_text="everything in one spelling, for parts of words")
    grams = models.TextField(blank=True, help_text="every three letters of the text (PostgreSQL; FTS5 cuts its own)")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(tour__isnull=False, product__isnull=True) | Q(tour__isnull=True, product__isnull=False),
                name="search_entry_of_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "province"], condition=Q(is_listed=True), name="listed_by_province"),
        ]
