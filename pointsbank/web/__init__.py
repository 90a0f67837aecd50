"""The web edge: pages for people and a JSON API for programs. Translates, decides nothing."""
