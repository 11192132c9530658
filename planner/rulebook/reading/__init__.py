"""Reading a rulebook: its files entry by entry, and its parts held against each other."""
