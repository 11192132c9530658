"""What each command may be told: it loads nothing of what the commands do, so that help is there at once."""
