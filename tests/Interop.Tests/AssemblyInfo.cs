// Captures and load generators share the loopback: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
