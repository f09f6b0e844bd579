"""Files that answer something: asked for with a purpose, made by a worker, fetched by whoever asked, gone in a week.

`reports.files.kinds` says who makes which. A maker gets the row, reads with the eyes of whoever asked
(`file.asked_by`), and gives back a `Made`; nothing here runs inside a person's request but the asking.
"""
