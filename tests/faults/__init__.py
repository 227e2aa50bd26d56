"""What breaks: mail servers, disks, clocks, and processes that are killed. An acknowledged booking is never lost."""
