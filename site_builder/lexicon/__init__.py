"""Words and names as data, and the walk that finds them in a text."""
