"""What happens in a network's training, in words."""
