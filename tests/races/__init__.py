"""Several processes at once against one database."""
