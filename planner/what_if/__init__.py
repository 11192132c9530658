"""What if: everything that is answered by planning again."""
