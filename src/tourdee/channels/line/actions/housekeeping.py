"""What need not be kept."""

from datetime import datetime, timedelta

from ..models import Event, Outgoing, PlayCall

EVENTS_KEPT = timedelta(days=7)  # longer than LINE delivers anything again
MESSAGES_KEPT = timedelta(days=30)


def forget_old(at: datetime) -> int:
    """Events that were worked on and messages that went out: the inbox has what is worth keeping."""
    events = Event.objects.filter(received_at__lt=at - EVENTS_KEPT).delete()[0]
    sent = Outgoing.objects.filter(made_at__lt=at - MESSAGES_KEPT).exclude(state=Outgoing.State.QUEUED).delete()[0]
    played = PlayCall.objects.filter(at__lt=at - MESSAGES_KEPT).delete()[0]
    return events + sent + played
