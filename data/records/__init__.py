"""The records: what is known, kept in a relational database (SQLite by default, others by URL)."""
