"""One rule, every scale: the namespace of update rules, recorded once, on floats and on arrays of any shape."""
