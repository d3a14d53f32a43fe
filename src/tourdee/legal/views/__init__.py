"""Pages of the room: the owner's papers and partners, the officer's desk, the rules for everybody."""
