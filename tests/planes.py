"""The surfaces of the catalogue that are seen from above: those of two parameters."""

from surfaces import SURFACES

PLANES = [slug for slug, kind in SURFACES.items() if kind().dimension == 2]
CURVES = [slug for slug in SURFACES if slug not in PLANES]
