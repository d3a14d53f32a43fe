"""What visitors and buyers see; nobody has to sign in."""
