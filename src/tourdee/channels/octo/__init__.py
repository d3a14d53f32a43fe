"""OCTO 1.0: agencies and marketplaces ask what can be had of a shop, hold it, and book it, each with a key of its own."""
