"""What a seller types about the shop's LINE."""
