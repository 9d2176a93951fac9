"""Where a case stands in the evidence: inside it, or along which axes beyond it, and how far."""
