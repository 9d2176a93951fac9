"""All plans around a scenario, what they take, which are the best, and how sure that is."""
