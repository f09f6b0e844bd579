"""An authority's statutory return (SSDA903) becomes its children, periods of care, legal statuses and reviews.

files → words → rows → periods → facts → plan → load: each step knows only the one before it. Whatever cannot be used
becomes a finding with its file, line and child, and never stops the rest.
"""
