"""One module per step; a step, once published, is never edited."""
