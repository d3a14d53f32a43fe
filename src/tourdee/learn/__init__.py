"""The curriculum: topics, lessons, tests, missions, and the cost calculator."""
