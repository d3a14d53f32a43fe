"""What other rooms tell of that ticks a mission off, and whom to tell when a mission was looked at."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tourdee import events
from tourdee.events import listens
from tourdee.people.actions import tell

from . import actions
from .models import MissionProgress

LETTERS = {
    "accepted": (_("Your mission was accepted"), _("TourDee: your mission was accepted. Well done!")),
    "returned": (_("Please improve your mission"), _("TourDee: the instructor asks you to improve a mission.")),
}
WINDOWS = 2
PICTURES = 3  # a product that sells is shown wide, middle and close (lesson of topic 7)


def _tick(slug: str, happened: events.Event, user: str) -> None:
    actions.complete_mission_by_event(user_public_id=user, slug=slug, event=happened, at=timezone.now())


@listens(events.ShopOpened)
def shop_opened(happened: events.ShopOpened) -> None:
    """A shop that customers can see."""
    _tick("shop-opened", happened, happened.user)


@listens(events.TourPublished)
def tour_published(happened: events.TourPublished) -> None:
    """A tour or a workshop: who has no tour licence is not shut out."""
    _tick("first-tour-published", happened, happened.user)


@listens(events.ProductPublished)
def product_published(happened: events.ProductPublished) -> None:
    """A product shown from three distances."""
    if happened.pictures >= PICTURES:
        _tick("first-product-three-pictures", happened, happened.user)


@listens(events.PapersComplete)
def papers_complete(happened: events.PapersComplete) -> None:
    """Everything that the rules ask of the business today."""
    _tick("papers-complete", happened, happened.user)


@listens(events.OrderPaid)
def order_paid(happened: events.OrderPaid) -> None:
    """The first sale."""
    _tick("first-order-paid", happened, happened.user)


@listens(events.FirstReplySent)
def first_reply_sent(happened: events.FirstReplySent) -> None:
    """Only who is connected can reply. Where the office runs without channels, the link is sent in instead."""
    if happened.channel == "line":
        _tick("line-oa-connected", happened, happened.user)


@listens(events.RichMenuLive)
def rich_menu_live(happened: events.RichMenuLive) -> None:
    """Customers see the shop's menu below the chat."""
    _tick("rich-menu-live", happened, happened.user)


@listens(events.PostPublished)
def post_published(happened: events.PostPublished) -> None:
    """A post that stands on the page; one that was pasted by hand is sent in instead."""
    if happened.channel == "facebook":
        _tick("facebook-first-post", happened, happened.user)


@listens(events.FeedAccepted)
def feed_accepted(happened: events.FeedAccepted) -> None:
    """Nothing is missing for its reader."""
    _tick("feed-accepted", happened, happened.user)


@listens(events.ItemListed)
def item_listed(happened: events.ItemListed) -> None:
    """One product, two windows besides the own shop."""
    if happened.channels >= WINDOWS:
        _tick("same-product-two-channels", happened, happened.user)


@listens(events.MissionDone)
def tell_of_acceptance(happened: events.MissionDone) -> None:
    """Only what an instructor accepted is worth a letter: the shop's own deeds the learner has seen."""
    _tell(happened.user, happened.mission, MissionProgress.Status.DONE, "accepted")


@listens(events.MissionReturned)
def tell_of_return(happened: events.MissionReturned) -> None:
    """What to mend, in the instructor's words."""
    _tell(happened.user, happened.mission, MissionProgress.Status.RETURNED, "returned")


def _tell(user: str, slug: str, status: str, letter: str) -> None:
    looked_at = MissionProgress.objects.filter(reviewed_by__isnull=False).select_related("user", "mission")
    progress = looked_at.filter(user__public_id=user, mission__slug=slug, status=status).first()
    if progress:
        subject, sms = LETTERS[letter]
        context = {"progress": progress, "mission": progress.mission, "user": progress.user}
        tell(user=progress.user, subject=subject, template=f"learn/mail/mission_{letter}", sms=sms, context=context)
