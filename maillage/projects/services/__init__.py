"""The only code that writes projects, plans, money, results, twinnings and vigilance; one file a subject."""
