"""Answers to the packs' questions by plain loops over raw facts and raw rows; nothing of the engine is imported."""
