"""What a paper is to the commands, and papers that are folders."""
