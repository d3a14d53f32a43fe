"""Facebook's signature over a webhook: HMAC-SHA256 with the app secret over the bytes as they came.

Facebook writes letters outside ASCII as ``\\u0e01`` in the body; read and written again, the bytes would differ. The signature holds no
time: a recorded notice can be sent again, so what it tells must be harmless the second time.
"""

import hashlib
import hmac

HEADER = "X-Hub-Signature-256"


class Forged(Exception):
    """No signature, or a wrong one."""


def signed(app_secret: str, raw: bytes) -> str:
    """The header's value."""
    return "sha256=" + hmac.new(app_secret.encode(), raw, hashlib.sha256).hexdigest()


def check(app_secret: str, header: str, raw: bytes) -> None:
    """Raises Forged."""
    if not app_secret or not hmac.compare_digest(signed(app_secret, raw).encode(), header.encode()):
        raise Forged
