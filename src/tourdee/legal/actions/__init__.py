"""Acts on businesses, papers and partner agreements."""
