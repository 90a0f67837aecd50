"""Foreign referees of the API's document, and the village that their clients are tried on."""
