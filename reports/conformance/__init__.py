"""Conformance: what became of each duty that fell due, and the path cases took beside the Protocol's."""
