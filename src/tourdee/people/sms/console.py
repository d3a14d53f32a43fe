"""The sender that is used until a gateway is configured: it writes messages to the log, nothing leaves the machine."""

import logging

logger = logging.getLogger(__name__)


class ConsoleSms:
    """Writes each message to the log, as Django's console backend does with mails."""

    def send(self, *, to: str, text: str) -> None:
        logger.info("SMS to %s: %s", to, text)
