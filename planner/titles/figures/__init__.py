"""The figures of a title: found, told apart by what they are for, and summed up to how long a session is."""
