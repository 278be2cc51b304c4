"""The main journey in Firefox and in WebKit, each driven by what its makers give out."""
