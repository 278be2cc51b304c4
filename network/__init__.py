"""A real network on handwritten digits, trained by the rules of the catalogue: data, model, training, curvature."""
