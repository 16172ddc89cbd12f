"""The site as people meet it: a real server with the settings of production, a real browser."""
