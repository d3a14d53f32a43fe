"""Everything that can happen, on one page.

A room tells others of an event with ``publish``; they listen in their ``listeners.py`` with ``@listens``. Events carry
public ids and plain values only, because they wait in the database until the worker delivers them. ``user`` is always
the public id of the person whose mission, income or message it concerns.
"""

from dataclasses import dataclass, field
from uuid import uuid4

from tourdee.core.delivery import event, listens, publish

__all__ = ["listens", "publish"]


@dataclass(frozen=True, kw_only=True)
class Event:
    """What all events have: an id, by which a listener knows that it has already acted."""

    event_id: str = field(default_factory=lambda: uuid4().hex)


# ------------------------------------------------------------------ people
@event
class RoleGiven(Event):
    """Somebody was made officer or instructor of an organisation."""

    user: str
    organisation: str
    role: str


@event
class SecurityChanged(Event):
    """How somebody signs in has changed. ``change``: email, phone, passkey_added, passkey_removed, app_added,
    app_removed, recovery_codes, second_factor_reset, linked, unlinked. ``former``: the address that no longer counts."""

    user: str
    change: str
    former: str = ""


@event
class ErasureDeclined(Event):
    """A person asked to be forgotten, and the host keeps the data for a reason that is recorded."""

    user: str
    request: str


@event
class CommunityLeft(Event):
    """Somebody belongs to a community no longer: they left, or a leader took them off the list."""

    user: str
    community: str


@event
class PersonErased(Event):
    """A person was forgotten (PDPA s.33): rooms above let go of what no law makes them keep. ``known_as``: by what
    others may have written them down, sealed (``people.queries.KnownAs``)."""

    user: str
    known_as: str = ""


# ------------------------------------------------------------------ programme
@event
class ApplicationSubmitted(Event):
    """Somebody applied for a cohort."""

    application: str


@event
class ApplicationDecided(Event):
    """An application got a seat, a place on the waiting list, or a refusal; or a seat was freed and passed on."""

    application: str
    status: str


@event
class AttendanceMarked(Event):
    """A learner's presence at a half-day was recorded or corrected."""

    user: str
    session: str
    minutes: int


@event
class LearnerDecided(Event):
    """The pass rule was applied to a learner."""

    user: str
    enrolment: str
    passed: bool


@event
class CertificateIssued(Event):
    """A certificate has its number."""

    user: str
    certificate: str


@event
class CertificateRevoked(Event):
    """A certificate no longer holds."""

    user: str
    certificate: str


# ------------------------------------------------------------------ learn
@event
class QuizTaken(Event):
    """A topic's check, the pre-test or the post-test was handed in. ``score`` in per cent."""

    user: str
    test: str
    score: int


@event
class MissionDone(Event):
    """A mission was ticked off by evidence or accepted by an instructor."""

    user: str
    mission: str


@event
class MissionReturned(Event):
    """An instructor sent a mission back with a comment."""

    user: str
    mission: str


# ------------------------------------------------------------------ legal
@event
class PaperChecked(Event):
    """An officer accepted or refused a paper of a business."""

    user: str
    paper: str
    accepted: bool


@event
class PapersComplete(Event):
    """A business has every paper that the rules ask of it today, checked and in force."""

    user: str
    business: str


@event
class PaperExpiring(Event):
    """A checked paper ends in so many days and no newer one was sent."""

    user: str
    paper: str
    days: int


@event
class AgreementChanged(Event):
    """A guide asked a licensed operator for an agreement, or it was accepted, refused or ended. ``user`` is the other
    party, who did not act."""

    user: str
    agreement: str
    status: str


# ------------------------------------------------------------------ shop
@event
class ShopOpened(Event):
    """A shop became public."""

    user: str
    shop: str


@event
class TourPublished(Event):
    """A tour or workshop became public."""

    user: str
    shop: str
    tour: str


@event
class ProductPublished(Event):
    """A product became public, with so many pictures."""

    user: str
    shop: str
    product: str
    pictures: int


@event
class OrderPlaced(Event):
    """A buyer placed an order; its seats and goods are held until it expires."""

    user: str
    order: str


@event
class OrderBooked(Event):
    """The seller and a guest agreed that an order is paid on the day, or to the carrier: it is in force without any money
    so far."""

    user: str
    order: str


@event
class SlipUploaded(Event):
    """A buyer sent a transfer slip for an order."""

    user: str
    order: str


@event
class SlipRefused(Event):
    """The seller did not find the money of a slip."""

    user: str
    order: str
    reason: str


@event
class OrderConfirmed(Event):
    """An order has its seats and goods and as much money as books it: the whole price, a deposit, or nothing."""

    user: str
    order: str


@event
class OrderPaid(Event):
    """The whole price of a confirmed order has come. ``satang`` is what the seller earned by it."""

    user: str
    order: str
    satang: int


@event
class OrderResold(Event):
    """A reseller confirmed a booking for its guest; it pays the shop later, by agreement."""

    user: str
    order: str


@event
class RestPaid(Event):
    """What was left of the price after a deposit has come."""

    user: str
    order: str


@event
class GuestsAsked(Event):
    """The day is near and a required question to the guests of an order is not answered yet."""

    order: str


@event
class RestDue(Event):
    """The rest after a deposit is due soon (``overdue``: it should have come, and the seller decides)."""

    user: str
    order: str
    overdue: bool


@event
class PaidWithoutSeat(Event):
    """Money came after the hold ran out and nothing is left: the seller must offer another date or refund."""

    user: str
    order: str


@event
class OrderExpired(Event):
    """An order was not paid in time; its seats and goods are free again."""

    user: str
    order: str


@event
class OrderCancelled(Event):
    """An order was cancelled; ``refund_satang`` is owed to the buyer."""

    user: str
    order: str
    refund_satang: int


@event
class GroupGoes(Event):
    """A date of this order has fewer guests than planned, and goes all the same."""

    user: str
    order: str


@event
class GroupTooSmall(Event):
    """A date of this order does not go: too few have booked. Its buyer may choose another date for a while."""

    user: str
    order: str


@event
class OtherDateChosen(Event):
    """The buyer of a date that does not go chose another one."""

    user: str
    order: str


@event
class OrderPartCancelled(Event):
    """Fewer people or pieces than were ordered; ``refund_satang`` is owed to the buyer in all."""

    user: str
    order: str
    refund_satang: int


@event
class OrderRescheduled(Event):
    """The guests of an order go on another date of the same tour. ``by``: buyer or seller."""

    user: str
    order: str
    by: str


@event
class WaitingListJoined(Event):
    """A party waits for seats of a departure that is full."""

    user: str
    party: str


@event
class SeatsOffered(Event):
    """Seats came free for a party that waited: they are held for it by an order of its own."""

    user: str
    party: str
    order: str


@event
class RefundRecorded(Event):
    """The seller recorded that a refund was paid back."""

    user: str
    order: str
    satang: int


@event
class ReturnAsked(Event):
    """A buyer asks to send goods back."""

    user: str
    order: str


@event
class ReturnDecided(Event):
    """The seller takes the goods back, or says in ``answer`` why not."""

    user: str
    order: str
    accepted: bool
    answer: str


@event
class ReturnReceived(Event):
    """Goods are back with the seller, who owes the buyer so much for them."""

    user: str
    order: str
    satang: int


@event
class OrderShipped(Event):
    """Goods are on their way, with a tracking number."""

    user: str
    order: str


@event
class EnquiryReceived(Event):
    """A visitor asked a shop a question."""

    user: str
    enquiry: str


@event
class ReviewWritten(Event):
    """A buyer reviewed what they had bought."""

    user: str
    order: str
    stars: int


@event
class ItemListed(Event):
    """A tour or product now stands in a channel too. ``item`` is its public id; ``channels``: in how many it stands, our own shop
    not counted."""

    user: str
    item: str
    channel: str
    channels: int


# ------------------------------------------------------------------ inbox
@event
class MessageReceived(Event):
    """A customer wrote to a shop through a channel."""

    user: str
    shop: str
    channel: str
    conversation: str


@event
class MessageWritten(Event):
    """Somebody of the shop answered a customer: the channel sends it."""

    user: str
    shop: str
    channel: str
    message: str


@event
class OrderPutBeside(Event):
    """Somebody of the shop said which ``order`` a conversation is about; ``before`` is the one that stood there. Either may be
    empty."""

    user: str
    shop: str
    channel: str
    conversation: str
    order: str
    before: str


@event
class PersonWanted(Event):
    """A customer asked for a person, and no automatic answers come any more."""

    user: str
    shop: str
    channel: str
    conversation: str


# ------------------------------------------------------------------ channels
@event
class ChannelConnected(Event):
    """A shop is connected to a channel, and every step of it was checked."""

    user: str
    shop: str
    channel: str


@event
class FirstReplySent(Event):
    """The first answer to a customer went out through a channel."""

    user: str
    shop: str
    channel: str


@event
class RichMenuLive(Event):
    """The shop's menu is shown below its chat."""

    user: str
    shop: str


@event
class PostPublished(Event):
    """A post of the shop stands on its page. ``address`` is where."""

    user: str
    shop: str
    channel: str
    address: str


@event
class FeedAccepted(Event):
    """The validator finds nothing missing in a shop's feed."""

    user: str
    shop: str
    feed: str


# ------------------------------------------------------------------ impact
@event
class FollowUpDue(Event):
    """So many months after the course a learner is asked how it is going."""

    user: str
    follow_up: str
