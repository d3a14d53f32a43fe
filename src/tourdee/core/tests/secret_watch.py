"""Whether a secret stands in a log. Secrets that tests plant carry one of these marks, whatever service they are for."""

import logging

MARKS = ("canary", "CANARY", "ca11ab1eca11ab1e")  # the last where only hexadecimal digits are taken
HEX = "ca11ab1e" * 4


class SecretWatch(logging.Handler):
    """Looks at every record that is written, its traceback included. ``found``: where a mark stood."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.found: list[str] = []

    def begin(self) -> None:
        """Once is enough."""
        logging.getLogger().addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        written = self.format(record)
        if any(mark in written for mark in MARKS):
            self.found.append(f"{record.name}: {written}"[:400])
