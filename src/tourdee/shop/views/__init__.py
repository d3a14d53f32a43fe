"""Pages of the room: ``buyer`` for everybody who visits and buys, ``seller`` for the shop's owner."""
