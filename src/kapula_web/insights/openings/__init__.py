"""How often each measure's page is opened: by day, without who."""
