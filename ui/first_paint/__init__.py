"""What the server sends of a page before the app has drawn anything."""
