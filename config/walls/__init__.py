"""The second wall: on PostgreSQL every table that holds a child's record answers only to who has come in.

The first wall is `visible_to` in each room's `access`. Should a query ever forget it, the database still shows
nothing of another authority: row-level security, forced, with the reach of the person who asks set for one
transaction and empty without one. SQLite has no such wall.
"""
