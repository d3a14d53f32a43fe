"""Acts of the room, by topic: keyword-only, typed, atomic."""
