"""Questions of the room, by topic; nothing here writes."""
