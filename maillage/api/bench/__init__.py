"""What a batch of a device costs, from its request to the disk, beside the raw driver (`maillage bench sync`)."""
