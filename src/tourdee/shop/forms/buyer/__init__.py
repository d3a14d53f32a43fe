"""What visitors and buyers type."""
