"""The Django side of intake: the queue, the stages and the workers."""
