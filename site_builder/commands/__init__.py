"""The commands: each reads, calls the pure rooms, and writes."""
