"""The lecture: nine chapters as data."""
