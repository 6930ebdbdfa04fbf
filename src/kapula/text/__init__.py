"""Understanding what customers write, as they wrote it: Finnish, Swedish and English."""
