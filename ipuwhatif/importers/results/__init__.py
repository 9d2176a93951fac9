"""Results that users measured: submission folders, logs, MLCommons' summaries and tables, as rows of one kind."""
