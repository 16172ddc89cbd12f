"""What the directory costs as it grows: measured, never judged by the clock of a test."""
