"""Pages of the channel: what programs ask (``api``, behind the ``door``), and what sellers see."""
