"""What is known: entries, figures, reference points, official results."""
