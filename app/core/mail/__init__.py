"""Mail: a transactional outbox in the same database, rendered and sent by the worker."""
