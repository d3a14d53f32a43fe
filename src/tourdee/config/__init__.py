"""Wiring only: settings, urls, the server processes and the command line."""
