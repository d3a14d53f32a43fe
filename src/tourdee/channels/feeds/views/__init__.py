"""Files for programs, and the seller's page about them."""
