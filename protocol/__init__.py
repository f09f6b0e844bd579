"""The Protocol: who owes what to whom, by when, and under which clause.

Standard library only. Facts go in, deadlines come out; nothing here stores anything or knows of a web site.
"""
