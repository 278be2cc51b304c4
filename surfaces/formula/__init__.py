"""The compiler of formulas: from text or SymPy to value, gradient and Hessian on floats and on arrays."""
