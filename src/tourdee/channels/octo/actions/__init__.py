"""Acts of the channel, by topic: keyword-only, typed, atomic."""
