"""The scenario as a file: format, migrations, what is kept with it."""
