"""Building the terms of the language from the surface, a file a construct."""
