"""The sections of the public board: one module each, named as the section is."""
