"""Services of money in the demo: played, so that anybody can try paying by card or having a slip checked."""

from datetime import datetime

from tourdee.shop.actions.money_services import connect
from tourdee.shop.models import MoneyService

from .cast import person

PLAYED = {
    "somying": ("opn", {"secret_key": "skey_play", "webhook_secret": "cGxheQ=="}),
    "nakha": ("slipok", {"branch": "1", "api_key": "play"}),
}


def load_money_services(at: datetime) -> None:
    """The boats take cards, the weavers let slips be checked."""
    for owner, (service, keys) in PLAYED.items():
        business = person(owner).businesses.get()
        if not MoneyService.objects.filter(business=business, service=service).exists():
            connect(business=business, service=service, keys=keys, by=business.owner, at=at)
