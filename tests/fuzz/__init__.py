"""Hostile input by the hundred thousand; a sample of each kind is among the tests, `make fuzz` takes all."""
