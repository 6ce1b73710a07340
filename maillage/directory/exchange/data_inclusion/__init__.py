"""The template of data·inclusion: structures and services in flat tables, brought to objects of HSDS and back."""
