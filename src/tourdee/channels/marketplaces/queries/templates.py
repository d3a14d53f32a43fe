"""Templates, each for its owner alone."""

from django.db.models import QuerySet

from tourdee.people.models import User
from tourdee.shop.models import Shop

from ..models import Template


def templates_of(shop: Shop) -> QuerySet[Template]:
    """Newest first, without the files themselves."""
    return Template.objects.filter(shop=shop).defer("data")


def templates_for(user: User) -> QuerySet[Template]:
    """Nobody else's templates exist."""
    return Template.objects.filter(shop__owner=user).select_related("shop")
