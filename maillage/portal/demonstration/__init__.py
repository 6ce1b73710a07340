"""The demonstration home: a living region whose people are invented, and whose published figures are those of 001."""
