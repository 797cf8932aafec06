"""The event table: what the pages ask, answered from a fast copy of the records."""
