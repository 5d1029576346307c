"""The site as a value: articles and register in, every file of the site out."""
