"""What a search of the directory costs and finds, beside full text alone (`maillage bench search`)."""
