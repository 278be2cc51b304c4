"""What is said below a map: what its colours mean in numbers, for eyes and ears."""
