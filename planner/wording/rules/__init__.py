"""Rules in words: when each speaks, what it says, its figures in short, and why a rule of dose limits a person."""
