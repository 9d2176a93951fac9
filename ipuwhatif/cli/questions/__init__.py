"""From a parsed command line to the scenario that it asks about; what the catalog does not know is refused here."""
