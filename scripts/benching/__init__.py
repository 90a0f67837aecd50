"""Figures of speed: ours and the plain driver or library doing the same work, in turn on this machine."""
