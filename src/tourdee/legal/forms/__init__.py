"""What people type about papers and partners."""
