"""Why something did not go out, and what the seller does about it."""

from django.utils.translation import gettext_lazy as _

# Facebook's own codes (with its sub-code after the dot), by our word for them
WORD_OF_CODE = {
    "190": "keys", "102": "keys", "10": "permission", "3": "permission", "506": "duplicate", "551": "person",
    "10.2018278": "window", "10900": "once", "100.33": "gone",
}  # fmt: skip
PERMISSIONS = range(200, 300)
ONLY_OTHER_WORDS_HELP = {"duplicate"}  # the same once more gets the same no

WORDS = {
    "keys": _("Facebook no longer accepts the key of your page. Connect the page once more, then send again."),
    "permission": _("Facebook did not allow this. In your app, check the permissions of the key, then connect again."),
    "duplicate": _("Facebook says that this text was posted already. Change a few words and post again."),
    "person": _("This person does not take messages just now. Answer below the comment, or by telephone."),
    "window": _("More than 24 hours have passed since the customer wrote: Facebook allows no answer until they write again. Call them, or write from the Page itself."),  # noqa: E501  (a sentence)
    "once": _("A comment may be answered privately once, and within 7 days. Answer below the comment instead."),
    "gone": _("The comment or post is no longer on Facebook."),
    "unavailable": _("Facebook did not answer for a long time. Look at your page before you send again: it may stand there already."),
    "not_on_sale": _("This is not on sale any more. Put it on sale, then post again."),
    "licence": _("No tour-business licence is in force for this tour, so it may not be advertised. See to your papers, then post again."),
    "long": _("Facebook takes at most 2,000 characters in a message. Please send it in parts."),
    "refused": _("Facebook refused this without a reason that we know. Look at your page, then try again."),
}  # fmt: skip


def word_of(code: str) -> str:
    """Our word for a code of Facebook's."""
    whole = code.partition(".")[0]
    if whole.isdigit() and int(whole) in PERMISSIONS:
        return "permission"
    return WORD_OF_CODE.get(code) or WORD_OF_CODE.get(whole, "refused")


def words(why: str) -> str:
    """What the seller reads."""
    return str(WORDS.get(why, WORDS["refused"])) if why else ""
