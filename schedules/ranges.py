"""The hyper-parameters that several schedules share, each with its symbol, its range and its help."""

from spec.knobs import Real

FLOOR = Real(symbol=r"f_{\min}", help="Lowest factor of the learning rate.", low=0.0, high=1.0)
