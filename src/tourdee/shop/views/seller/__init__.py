"""What the owner of a shop sees."""
