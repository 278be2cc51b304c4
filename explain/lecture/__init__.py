"""The lecture: eleven chapters as data."""
