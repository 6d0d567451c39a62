"""What pages show as text and tables: plain functions from summary tables to HTML, free of any web framework."""
