"""The hyper-parameters that several rules share, each with its symbol, its range and its help."""

from spec.knobs import Choice, Real

BETA = Real(symbol=r"\beta", help="Memory of the direction.", low=0.0, high=0.9999, scale="memory")
BETA1 = Real(symbol=r"\beta_1", help="Memory of the direction.", low=0.0, high=0.9999, scale="memory")
BETA2 = Real(symbol=r"\beta_2", help="Memory of the scale.", low=0.0, high=0.99999, scale="memory")
RHO = Real(symbol=r"\rho", help="Memory of the scale.", low=0.0, high=0.99999, scale="memory")
EPS = Real(symbol=r"\epsilon", help="Floor of the scale.", low=0.0, high=1.0, scale="log")
PLACE = Choice(
    symbol=r"\text{place of \(\epsilon\)}",
    help="Where epsilon is added.",
    options={"outside": "Outside the root", "inside": "Inside the root"},
)
RATE = Choice(
    symbol=r"\text{place of \(\mu\)}",
    help="Where the learning rate multiplies: what the memory gives, or each gradient on its way into the memory.",
    options={"outside": "Outside the memory", "inside": "Inside the memory"},
)
WEIGHT_DECAY = Real(
    symbol=r"\lambda", help="Pull towards zero, apart from the gradient.", low=0.0, high=1.0, scale="log"
)
