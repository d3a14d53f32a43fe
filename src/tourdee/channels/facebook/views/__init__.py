"""Facebook's calls, the seller's pages, and the practice page."""
