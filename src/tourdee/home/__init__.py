"""Landing and "today" pages that compose the other rooms; demo data and its drawn pictures. Owns no models."""
