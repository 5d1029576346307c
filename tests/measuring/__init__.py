"""What extraction is measured with; no part of the package, and only `speed` does without the evaluation cases."""
