"""The tables themselves. Stored copies of the sources, read in November 2026: limits change, and only the reader decides.

Where a limit was found in a second-hand source only, ``source`` says so.
"""

from .rules import Reader, Rule

MERCHANT = "support.google.com/merchants/answer/7052112"
CATALOG = "developers.facebook.com/docs/commerce-platform/catalog (22 Apr 2026)"
CHECKERS = "checkers of feeds by others (second-hand)"
TRAVEL = "developers.google.com/travel/things-to-do/reference/feed-spec/product-feed"

ADDRESS = r"https?://[^\s<>\"]+"
PRICE = r"(0|[1-9]\d*)\.\d\d THB"
ABOVE_NOTHING = r"(?!0\.00 )(0|[1-9]\d*)\.\d\d THB"
NO_MARKUP = r"(?!.*<[a-zA-Z/!]).*"
CONDITIONS = frozenset({"new", "refurbished", "used"})

GOOGLE = Reader(
    slug="google",
    channel="google",
    name="Google Merchant Center",
    kinds="goods",
    in_stock="in_stock",
    out_of_stock="out_of_stock",
    agents=("Googlebot", "Google-", "Storebot-Google", "GoogleOther", "FeedFetcher-Google"),
    rules=(
        Rule(field="id", most=50, form=r"[\w-]+", source=MERCHANT),
        Rule(field="title", most=150, form=NO_MARKUP, source=MERCHANT),
        Rule(field="description", most=5000, form=NO_MARKUP, source=MERCHANT),
        Rule(field="link", most=2000, form=ADDRESS, source=MERCHANT),
        Rule(field="image_link", most=2000, form=ADDRESS, source=MERCHANT),
        Rule(field="availability", among=frozenset({"in_stock", "out_of_stock"}), source=MERCHANT),
        Rule(field="price", form=ABOVE_NOTHING, source=MERCHANT),
        Rule(field="brand", most=70, source=MERCHANT),
        Rule(field="condition", among=CONDITIONS, source=MERCHANT),
        Rule(field="identifier_exists", among=frozenset({"no"}), source=MERCHANT),
    ),
)
META = Reader(
    slug="meta",
    channel="facebook_feed",
    name="Facebook (Commerce Manager)",
    kinds="goods",
    in_stock="in stock",
    out_of_stock="out of stock",
    agents=("facebookexternalhit", "facebookcatalog", "meta-externalagent", "meta-externalfetcher"),
    rules=(
        Rule(field="id", most=100, form=r"[\w-]+", source=CATALOG),
        Rule(field="title", most=200, form=NO_MARKUP, source=CHECKERS),
        Rule(field="description", most=9999, form=NO_MARKUP, source=CATALOG),
        Rule(field="availability", among=frozenset({"in stock", "out of stock"}), source=CATALOG),
        Rule(field="condition", among=CONDITIONS, source=CATALOG),
        Rule(field="price", form=ABOVE_NOTHING, source=CATALOG),
        Rule(field="link", form=ADDRESS, source=CATALOG),
        Rule(field="image_link", form=ADDRESS, source=CATALOG),
        Rule(field="brand", most=100, source=CATALOG),
    ),
)
THINGS_TO_DO = Reader(
    slug="things-to-do",
    channel="things_to_do",
    name="Google Things to do",
    kinds="tours",
    rules=(
        Rule(field="id", most=255, form=r"[\w-]+", source=TRAVEL),
        Rule(field="title", most=150, source=TRAVEL),
        Rule(field="description", most=16000, form=NO_MARKUP, source=TRAVEL),
        Rule(field="option_id", most=255, source=TRAVEL),
        Rule(field="option_title", most=150, source=TRAVEL),
        Rule(field="landing_page", form=ADDRESS, source=TRAVEL),
        Rule(field="price", form=PRICE, source=TRAVEL),
        Rule(field="image_link", form=ADDRESS, source=TRAVEL),
        Rule(field="operator", source=TRAVEL),
    ),
)
READERS = {reader.slug: reader for reader in (META, GOOGLE, THINGS_TO_DO)}
