"""What stays private, one module a kind: each makes one `Kind`, and `register` finds it."""
