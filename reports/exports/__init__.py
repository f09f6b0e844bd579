"""Every list as a file, and a whole case as one: what for is asked first, and kept with everything that was in it."""
