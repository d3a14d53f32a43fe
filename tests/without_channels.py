"""Run by ``test_without_channels.py`` in a process of its own: TourDee with no channel's line and no channel's folder."""

import sys
from importlib.abc import MetaPathFinder

PREFIX = "tourdee.channels."


class NoFolders(MetaPathFinder):
    """As if the folders had been deleted."""

    def find_spec(self, name, path=None, target=None):
        if name.startswith(PREFIX):
            raise ModuleNotFoundError(name)


def main() -> None:
    sys.meta_path.insert(0, NoFolders())
    from tourdee.config import test_settings

    test_settings.CHANNELS = []
    test_settings.INSTALLED_APPS = [name for name in test_settings.INSTALLED_APPS if not name.startswith(PREFIX)]
    test_settings.DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
    test_settings.MIGRATION_MODULES = {name.rsplit(".")[-1]: None for name in test_settings.INSTALLED_APPS}
    import django

    django.setup()
    from django.core.management import call_command

    call_command("check", verbosity=0)
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("createcachetable", verbosity=0)
    print(" ".join(f"{name}={status}" for name, status in pages().items()))


def pages() -> dict[str, int]:
    """A seller and a visitor look around; a talk of a channel that is gone is still there to read."""
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from tourdee.inbox.actions import receive_message
    from tourdee.shop.tests import factories as f

    at, owner = timezone.now(), f.a_user()
    tour = f.a_tour(f.a_shop(owner, opened_at=at))
    told = {"channel": "line", "contact": "U1", "name": "นก", "outside_id": "1", "text": "ว่างไหม"}
    talk = receive_message(shop=tour.shop, at=at, **told).conversation
    seller, visitor = Client(), Client()
    seller.force_login(owner)
    found = {name: seller.get(reverse(name)).status_code for name in ("my_channels", "my_inbox", "my_shop", "today")}
    found["conversation"] = seller.get(reverse("conversation", args=[talk.public_id])).status_code
    found["tour"] = visitor.get(reverse("tour", args=[tour.shop.slug, tour.public_id])).status_code
    return found


if __name__ == "__main__":
    main()
