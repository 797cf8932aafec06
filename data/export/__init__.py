"""What leaves: the same rows as on the screen, with a note on what they are.

>>> from data import export, Filters
>>> export.to_file(store, Filters(types=("battle",)), Path("battles.csv"))         # doctest: +SKIP
"""

from data.export.run import FORMATS, Exported, to_bytes, to_file

__all__ = ["FORMATS", "Exported", "to_bytes", "to_file"]
