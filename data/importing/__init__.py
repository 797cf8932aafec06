"""From a file to records: read, map, check, place, commit."""
