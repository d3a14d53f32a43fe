"""What the channel does by the clock: read what came, send what waits."""

from datetime import datetime

from tourdee.core.periodic import every

from .actions.answers import send_answers_due
from .actions.comments import hide_due
from .actions.names import forget_strangers, learn_names_due
from .actions.notices import forget_notices, read_notices_due
from .actions.pages import look_at_pages_due
from .actions.publishing import publish_due


@every(seconds=3)
def try_pages(at: datetime) -> int:
    """A seller waits before the wizard."""
    return look_at_pages_due(at)


@every(seconds=3)
def read_notices(at: datetime) -> int:
    """A customer waits."""
    return read_notices_due(at)


@every(seconds=5)
def learn_names(at: datetime) -> int:
    """The seller wants to know who writes."""
    return learn_names_due(at)


@every(seconds=3)
def send_answers(at: datetime) -> int:
    """A customer waits."""
    return send_answers_due(at)


@every(seconds=5)
def publish_posts(at: datetime) -> int:
    """Posts whose time has come."""
    return publish_due(at)


@every(seconds=5)
def hide_comments(at: datetime) -> int:
    """As the seller asked."""
    return hide_due(at)


@every(seconds=86_400)
def forget_old_notices(at: datetime) -> int:
    """What was read or asked long ago has done its work."""
    return forget_notices(at) + forget_strangers(at)
