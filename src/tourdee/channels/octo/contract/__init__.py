"""What the OCTO standard says: the shape of what is asked and answered, and the ways to refuse. Nothing of our own."""
