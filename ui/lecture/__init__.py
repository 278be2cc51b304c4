"""The lecture: nine chapters as data, and the page that draws them."""
