"""Learns the weights of `geo` from corpora and place strings; needed by nobody who only uses `geo`."""
