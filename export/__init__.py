"""Take away: a run as Python text that stands alone."""
