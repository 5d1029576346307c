"""Builds the public record of how England's councils look after children, from articles about inspections."""
