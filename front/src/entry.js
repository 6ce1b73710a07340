// The entry form: proposed values, drafts.
