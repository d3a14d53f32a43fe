"""What was typed, cleaned: ``buyer`` for visitors, ``seller`` for the shop's owner."""
