"""Data quality: lists of what cannot be right, each with a person who answers for its being empty."""
