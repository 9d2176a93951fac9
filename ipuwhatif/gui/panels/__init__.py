"""The side panel: job, systems, prices."""
