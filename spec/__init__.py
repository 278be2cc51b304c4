"""The vocabulary that surfaces, optimizers and schedules share: knobs and catalogues."""
