"""Pages and addresses of LINE."""
