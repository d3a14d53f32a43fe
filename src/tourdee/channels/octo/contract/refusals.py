"""How the standard says no: HTTP 400 with a code, a sentence, and the id it speaks of.

The standard knows no other status for these. Those of a door (401, 403, 404, 405, 429, 500) say in the same shape what
stands before any operation.
"""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """An answer that is no. ``about`` is the value of ``key``, where the standard asks for it."""

    status: ClassVar[int] = 400
    code: ClassVar[str]
    key: ClassVar[str] = ""
    text: ClassVar[Any]

    def __init__(self, about: str = "", message: str = "") -> None:
        super().__init__(self.code, about)
        self.about = about
        self.message = message

    def answer(self) -> dict[str, str]:
        """The body."""
        said = {"error": self.code, "errorMessage": self.message or str(self.text)}
        return said | {self.key: self.about} if self.key else said


class BadRequest(Refusal):
    code = "BAD_REQUEST"
    text = _("The request is not as the standard asks for it.")

    def __init__(self, message: str = "") -> None:
        super().__init__(message=message)


class InvalidProduct(Refusal):
    code, key = "INVALID_PRODUCT_ID", "productId"
    text = _("The productId was missing or is not one of this shop's.")


class InvalidOption(Refusal):
    code, key = "INVALID_OPTION_ID", "optionId"
    text = _("The optionId was missing or is not one of this product's.")


class InvalidUnit(Refusal):
    code, key = "INVALID_UNIT_ID", "unitId"
    text = _("The unitId was missing or is not one of this option's.")


class InvalidAvailability(Refusal):
    code, key = "INVALID_AVAILABILITY_ID", "availabilityId"
    text = _("The availabilityId was missing or is not one of this option's.")


class InvalidBooking(Refusal):
    code, key = "INVALID_BOOKING_UUID", "uuid"
    text = _("The uuid is not that of a booking of yours, or was used for another one, or its hold has run out.")


class Unprocessable(Refusal):
    code = "UNPROCESSABLE_ENTITY"
    text = _("The request was understood but cannot be done.")

    def __init__(self, message: str = "") -> None:
        super().__init__(message=message)


class Unauthorized(Refusal):
    status, code = 401, "UNAUTHORIZED"
    text = _("Please send your API key: “Authorization: Bearer KEY”.")


class Forbidden(Refusal):
    status, code = 403, "FORBIDDEN"
    text = _("This API key is not valid for this shop, or has been revoked.")


class NoSuchOperation(Refusal):
    status, code = 404, "NOT_FOUND"
    text = _("There is no such operation. They are listed at /octo/docs.")


class WrongMethod(Refusal):
    status, code = 405, "METHOD_NOT_ALLOWED"
    text = _("This address takes other methods.")


class TooLarge(Refusal):
    status, code = 413, "BAD_REQUEST"
    text = _("The request is too large.")


class TooManyRequests(Refusal):
    status, code = 429, "TOO_MANY_REQUESTS"
    text = _("Too many requests with this key. Please wait a moment.")


class Broken(Refusal):
    status, code = 500, "INTERNAL_SERVER_ERROR"
    text = _("Something broke on our side. Nothing was changed; please try again.")
