"""Whether the books say what the orders say: worked out by the database for all orders at once."""

from collections.abc import Iterator

from django.db.models import BigIntegerField, Case, Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from tourdee.legal.models import Business

from ..models import Order, Posting, Receipt
from ..models.books import MONEY, SALES, Account

STATUS = Order.Status
# The part of the buyer's money that is the seller's (queries/books.py), as the database works it out.
FREE = F("paid_satang") - F("refunded_satang") - F("refund_due_satang")
DECIDED = [STATUS.CONFIRMED, STATUS.CANCELLED]
COMPARED = ("money", "to be paid back", "not confirmed", "sold", "on receipts", "VAT")


def orders_off_the_books() -> QuerySet[Order]:
    """Orders whose postings or receipts are not what the order says, each with ``is_1`` … ``is_6`` and ``should_1`` …
    in the order of ``COMPARED``. Every posting balances by its shape, so these six leave no account free."""
    figures = [
        (_balance(*MONEY), F("paid_satang") - F("refunded_satang")),
        (_balance(Account.REFUNDS), -F("refund_due_satang")),
        (_balance(Account.DEPOSITS), _when(~Q(status__in=DECIDED), -FREE)),
        (_sold(), _when(Q(status=STATUS.CONFIRMED), F("total_satang") - F("kept_satang"))),
        (_on_receipts("satang"), _when(Q(status__in=DECIDED), FREE)),
        (_balance(Account.VAT_IN_SALES), _on_receipts("vat_satang")),
    ]
    columns = {f"is_{place}": now for place, (now, _) in enumerate(figures, start=1)}
    columns |= {f"should_{place}": should for place, (_, should) in enumerate(figures, start=1)}
    differs = Q()
    for place in range(1, len(figures) + 1):
        differs |= ~Q(**{f"is_{place}": F(f"should_{place}")})
    return Order.objects.annotate(**columns).filter(differs).select_related("seller").order_by("placed_at")


def _when(condition: Q, figure: object) -> Case:
    return Case(When(condition, then=figure), default=Value(0), output_field=BigIntegerField())


def _balance(*accounts: str) -> object:
    """Debits less credits of the accounts, of each order."""
    debits = sum_of(Posting.objects.filter(debit__in=accounts), "order", "satang")
    return debits - sum_of(Posting.objects.filter(credit__in=accounts), "order", "satang")


def _sold() -> object:
    """The price sold: credits less debits of the sales, without what cancellations and refunds did to them."""
    price = [account for account in SALES if account not in (Account.KEPT, Account.REDUCTIONS)]
    credits = sum_of(Posting.objects.filter(credit__in=price), "order", "satang")
    return credits - sum_of(Posting.objects.filter(debit__in=price), "order", "satang")


def _on_receipts(what: str) -> object:
    counting = Receipt.objects.filter(replacement__isnull=True)
    notes = sum_of(counting.filter(kind__in=Receipt.TAKING_BACK), "order", what)
    return sum_of(counting.exclude(kind__in=Receipt.TAKING_BACK), "order", what) - notes


def sum_of(rows: QuerySet, by: str, what: str) -> Coalesce:
    """The sum of a column over the rows that belong to each outer row; nothing is zero."""
    per_row = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(sum=Sum(what)).values("sum")
    return Coalesce(Subquery(per_row, output_field=BigIntegerField()), 0)


def gaps_in_numbers(business: Business | None = None) -> Iterator[tuple[str, str, int, int]]:
    """Series of receipts that lack a number: whose, which, how many there are, and the last number."""
    receipts = Receipt.objects.filter(business=business) if business else Receipt.objects.all()
    series = receipts.order_by().values_list("business__public_id", "kind", "year")
    counted = series.annotate(Max("number"), Count("pk")).exclude(number__max=F("pk__count"))
    for public_id, kind, year, last, count in counted:
        yield public_id, f"{kind} {year}", count, last
