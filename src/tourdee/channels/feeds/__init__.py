"""Product feeds that others fetch: Meta and Google catalogues, Google Things to do."""
