"""Pages that compose rooms."""
