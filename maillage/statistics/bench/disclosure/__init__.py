"""What is hidden beside other methods, on invented tables (`maillage bench disclosure`)."""
