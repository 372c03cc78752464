"""What runs in the child process that opens workbooks: each start loads it, so it loads next to nothing."""
