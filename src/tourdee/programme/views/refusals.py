"""What an officer reads when an act is refused."""

from django.utils.translation import gettext as _

from .. import actions

REFUSED = (
    actions.AlreadyAttended,
    actions.AlreadyJudged,
    actions.CannotDecide,
    actions.CohortFull,
    actions.SamePersonHasPlace,
)


def refusal(problem: Exception) -> str:
    """The reason in the page's language."""
    if isinstance(problem, actions.CohortFull):
        return _("Only %(left)s seats are left, so nobody was given one.") % {"left": problem.left}
    texts = {
        actions.AlreadyAttended: _("This person was present at a half-day, so the seat can no longer be taken back."),
        actions.AlreadyJudged: _("This learner has a result already, so the decision can no longer be taken back."),
        actions.CannotDecide: _("Somebody has changed this application in the meantime. Please look at it again."),
        actions.SamePersonHasPlace: _(
            "This citizen ID has a seat or waits for one already, under another application."
        ),
    }
    return texts[type(problem)]
