"""Django's PostgreSQL engine, with one question less for each request."""
