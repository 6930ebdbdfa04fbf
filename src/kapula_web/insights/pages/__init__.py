"""What each page shows, built from readings: plain values ready for templates."""
