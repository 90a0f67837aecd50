"""The sections of the card's page, one a module."""
