"""What the words of a title mean: which workout, in which sport, how hard, and whether it is a race."""
