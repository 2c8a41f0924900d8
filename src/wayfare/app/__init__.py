"""Use cases, one module each; the only place that opens a transaction. What is decided below is carried out here."""
