// Each test starts processes of its own; more at once than this would only wait for the processors.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
