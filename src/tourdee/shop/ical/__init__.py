"""Calendars as other programs write and read them (RFC 5545)."""
