"""The service desk: a person stands there with a card or a name; what is shown, and what each role may do."""
