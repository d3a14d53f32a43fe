"""Django's SQLite, a little quicker: the database engine of an installation without PostgreSQL."""
