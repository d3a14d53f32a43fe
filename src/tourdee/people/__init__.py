"""Accounts, organisations, communities, roles and consent (PDPA)."""
