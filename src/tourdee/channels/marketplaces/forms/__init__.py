"""What sellers type and upload."""
