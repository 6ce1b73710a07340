"""What a group learns together: questions, who knows what, initiatives, value, letters and the digest. Only reads stand here."""
