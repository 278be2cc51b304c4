"""Many visitors at once, who speak to a real server as browsers do, without drawing anything."""
