"""Many paths: ensembles, sweeps and tuned learning rates, without recording the way."""
