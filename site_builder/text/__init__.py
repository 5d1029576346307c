"""The text layer: a document whose every part is a span into the words as they came."""
