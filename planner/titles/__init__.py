"""What the title of a session in somebody else's plan means: which workout, how long, how sure. Pure."""
