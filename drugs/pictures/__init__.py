"""Numbers for drawings: where things stand on the paper. Nothing here asks the database."""

from drugs.pictures.layers import too_many
from drugs.pictures.pathway import draw
from drugs.pictures.timeline import scale

__all__ = ["draw", "scale", "too_many"]
