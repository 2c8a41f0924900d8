"""The use cases of a fund's office, each a module: read the records, ask the law, post the batches."""
