"""Pages of the room, by topic."""
