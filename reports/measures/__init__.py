"""The numbers, each said once: a function from a person and a day to a queryset or its counts.

A tile and the list behind it are made of the same `Slice`, so they cannot disagree; and all of it reads the one
projection of deadlines, so no two screens disagree on what is overdue.
"""
