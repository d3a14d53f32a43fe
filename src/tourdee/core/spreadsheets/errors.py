"""What can be wrong with a table."""


class BadSheet(Exception):
    """The file is no table that we take; the message says why and what to do, in the page's language."""
