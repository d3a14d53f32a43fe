"""The steps of the journeys, as a person takes them."""
