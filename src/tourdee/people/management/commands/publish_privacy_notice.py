"""``tourdee publish_privacy_notice``: publish the versions that a new release brought."""

from typing import Any

from django.core.management.base import BaseCommand

from tourdee.people import actions


class Command(BaseCommand):
    help = "Publish the privacy notices that come with this release and are not published yet."

    def handle(self, *args: Any, **options: Any) -> None:
        new = actions.publish_shipped_notices()
        self.stdout.write("\n".join(f"Published version {notice.version}" for notice in new) or "Nothing new")
