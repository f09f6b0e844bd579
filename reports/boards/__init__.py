"""Which numbers stand on whose board."""
