"""Run by ``test_without_channels.py`` in a process of its own: TourDee without channels, and with one that is written down in
CONTRIBUTING.md.

The process itself knows no channel: it is the first case, and loads what all need. Each other case is a fork of it, so that what it
imports of channels is imported there for the first time, with the folders that are gone really gone."""

import os
import re
import sys
import traceback
from collections.abc import Callable
from importlib import import_module, reload
from importlib.abc import MetaPathFinder
from pathlib import Path

CONTRIBUTING = Path(__file__).resolve().parent.parent / "CONTRIBUTING.md"
PREFIX = "tourdee.channels."
FILE = re.compile(r"^ *# channels/postcard/(\S+\.py)\b.*$", re.MULTILINE)


class NoFolders(MetaPathFinder):
    """As if these folders had been deleted; at first all of them."""

    gone: tuple[str, ...] = (PREFIX,)

    def find_spec(self, name, path=None, target=None):
        if name.startswith(self.gone):
            raise ModuleNotFoundError(name)


class NoMigrations(dict):
    """Tables are made of the models as they are."""

    def __contains__(self, label: object) -> bool:
        return True

    def __getitem__(self, label: str) -> None:
        return None


def main(scratch: Path) -> None:
    sys.meta_path.insert(0, NoFolders())
    everything = _start_without_channels()
    print(f"none left: {looked_around()}")
    for name in everything:
        kept = [one for one in everything if one != name]
        _in_a_fork(f"without {name.removeprefix(PREFIX)}", lambda kept=kept: _with(kept, looked_around))
    _write_example(scratch / "postcard")
    _in_a_fork("postcard", lambda: _with_example(scratch))


def _start_without_channels() -> list[str]:
    """Returns the channels that there would be."""
    from tourdee.config import test_settings

    everything = test_settings.CHANNELS
    test_settings.CHANNELS = []
    test_settings.INSTALLED_APPS = [name for name in test_settings.INSTALLED_APPS if not name.startswith(PREFIX)]
    test_settings.DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
    test_settings.MIGRATION_MODULES = NoMigrations()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("createcachetable", verbosity=0)
    return everything


def _in_a_fork(case: str, act: Callable[[], str]) -> None:
    """Print what came of it; the first that fails ends all."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        _pid, status = os.waitpid(child, 0)
        if status:
            sys.exit(f"{case} failed")
        return
    try:
        print(f"{case}: {act()}", flush=True)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _with(kept: list[str], act: Callable[[], str]) -> str:
    """As if the settings had named these channels from the beginning."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command
    from django.template.utils import get_app_template_dirs
    from django.urls import clear_url_caches

    NoFolders.gone = tuple(f"{PREFIX}{name}" for name in _folders() if f"{PREFIX}{name}" not in kept)
    settings.CHANNELS = kept
    place = settings.INSTALLED_APPS.index("tourdee.inbox")
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS[:place], *kept, *settings.INSTALLED_APPS[place:]]
    apps.set_installed_apps(settings.INSTALLED_APPS)
    get_app_template_dirs.cache_clear()
    clear_url_caches()
    reload(import_module(settings.ROOT_URLCONF))
    call_command("migrate", run_syncdb=True, verbosity=0)
    return act()


def _folders() -> list[str]:
    import tourdee.channels

    return [one.name for one in Path(tourdee.channels.__file__).parent.iterdir() if one.is_dir()]


def looked_around() -> str:
    """A seller and a visitor look around, also at every channel that is left; a talk of one that may be gone is there to read."""
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from tourdee.inbox.actions import receive_message
    from tourdee.inbox.queries.channels import channels
    from tourdee.shop.tests import factories as f

    at, owner = timezone.now(), f.a_user()
    tour = f.a_tour(f.a_shop(owner, opened_at=at))
    told = {"channel": "line", "contact": "U1", "name": "นก", "outside_id": "1", "text": "ว่างไหม"}
    talk = receive_message(shop=tour.shop, at=at, **told).conversation
    seller, visitor = Client(), Client()
    seller.force_login(owner)
    names = ["my_channels", "my_inbox", "my_shop", "today", *(one.url_name for one in channels())]
    answers = [seller.get(reverse(name)) for name in names]
    answers.append(seller.get(reverse("conversation", args=[talk.public_id])))
    answers.append(visitor.get(reverse("tour", args=[tour.shop.slug, tour.public_id])))
    return " ".join(str(one.status_code) for one in answers)


# ------------------------------------------------------------------ the example of CONTRIBUTING.md
def _write_example(folder: Path) -> None:
    """Its files, just as they stand there."""
    block = CONTRIBUTING.read_text(encoding="utf-8").split("## To add a channel")[1]
    block = block.split("```python\n")[1].split("```")[0]
    parts = FILE.split(re.sub(r"^ {3}", "", block, flags=re.MULTILINE))[1:]
    folder.mkdir()
    (folder / "__init__.py").write_text('"""Postcards."""\n')
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        (folder / name).write_text(text, encoding="utf-8")


def _with_example(scratch: Path) -> str:
    import tourdee.channels

    tourdee.channels.__path__.append(str(scratch))
    return _with([f"{PREFIX}postcard"], a_card_is_answered)


def a_card_is_answered() -> str:
    """A card comes in, somebody answers it in the inbox, the worker sends the answer: once, told twice."""
    from django.test import Client
    from django.utils import timezone
    from tourdee.channels.postcard import office, tasks

    from tourdee.core.worker import Worker
    from tourdee.inbox.actions import write_message
    from tourdee.inbox.models import Conversation
    from tourdee.shop.tests import factories as f

    shop = f.a_shop(opened_at=timezone.now(), slug="mali")
    card = {"sender": "12 ถ.ช้างม่อย", "name": "นก", "number": "C1", "text": "ว่างไหม"}
    door = [Client().post("/postcard/mali/", card, "application/json", headers={"X-Post-Key": key}).status_code
            for key in ("wrong", office.KEY, office.KEY)]  # fmt: skip
    talk = Conversation.objects.get(channel="postcard")
    message = write_message(conversation=talk, author=shop.owner, text="ว่างค่ะ", key="k", at=timezone.now())
    worker = Worker()
    while worker.turn():
        pass
    tasks.send.call(message.public_id)
    message.refresh_from_db()
    seller = Client()
    seller.force_login(shop.owner)
    pages = [
        seller.get(place, headers={"Accept-Language": "en"}) for place in ("/en/my/channels/", "/en/my/postcards/")
    ]
    return f"{door} {talk.messages.count()} {message.state} {office.SENT} {[one.status_code for one in pages]} " + str(
        "Postcards" in pages[0].content.decode()
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
