"""Questions of the room; nothing here writes."""
