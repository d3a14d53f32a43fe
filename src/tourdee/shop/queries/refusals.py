"""What all refusals of an order have in common."""


class Refused(Exception):
    """Why an order cannot be placed. ``message`` says it in the page's language and what to do about it."""

    @property
    def message(self) -> str:
        raise NotImplementedError
