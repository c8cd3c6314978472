"""What people decided about a case: what holds now, and what it asks of reading, tracing and weighing."""
