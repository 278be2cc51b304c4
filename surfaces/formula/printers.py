"""How powers and numbers are written in the compiled functions."""

from typing import Any

import sympy as sp
from sympy.printing.numpy import NumPyPrinter
from sympy.printing.pycode import PythonCodePrinter

SETTINGS = {"fully_qualified_modules": False, "inline": True, "allow_unknown_functions": True}
LONGEST_PRODUCT = 6


class CommonPrinter:
    """Write x**3 as x*x*x, several times faster than a call of pow, and floats with every digit."""

    def _print_Float(self, number: sp.Float) -> str:  # noqa: N802 (SymPy's name)
        return repr(float(number))

    def _print_Pow(self, power: sp.Pow, **options: Any) -> str:  # noqa: N802
        if power.base.is_Symbol and power.exp.is_Integer and 2 <= power.exp <= LONGEST_PRODUCT:
            return "(" + "*".join([power.base.name] * int(power.exp)) + ")"
        text: str = super()._print_Pow(power, **options)  # type: ignore[misc]
        return text


class ArrayPrinter(CommonPrinter, NumPyPrinter):  # type: ignore[misc]
    """NumPy code."""


class FloatPrinter(CommonPrinter, PythonCodePrinter):  # type: ignore[misc]
    """Code for `math`; a broken power of a negative float is an error there, not a complex number."""

    def _print_Pow(self, power: sp.Pow, **options: Any) -> str:  # noqa: N802
        if power.exp.is_Integer or abs(power.exp) == sp.S.Half:
            return super()._print_Pow(power, **options)
        return f"{self._module_format('math.pow')}({self._print(power.base)}, {self._print(power.exp)})"
