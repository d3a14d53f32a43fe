"""The wish list as it is kept in a cookie: ``t.<id>~p.<id>``, the newest first."""

import re

MOST_WISHES = 60
WISH = re.compile(r"[tp]\.[0-9a-z]{16}")


def read_wishes(text: str) -> list[str]:
    """The wishes in a cookie or address; what is none of ours is left out."""
    found = [wish for wish in text[: MOST_WISHES * 20].split("~") if WISH.fullmatch(wish)]
    return list(dict.fromkeys(found))[:MOST_WISHES]


def written(wishes: list[str]) -> str:
    """The cookie's text."""
    return "~".join(wishes)
