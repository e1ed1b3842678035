namespace PosteRestante.Grains.Local.Tests.Probes;

/// <summary>What a grain may await.</summary>
public enum AwaitKind
{
    Yield,
    TaskCompletedElsewhere,
    TaskCompletedElsewhereAsynchronously,
    TaskCompletedInAnotherTurn,
    TaskOfThreadPool,
    ValueTaskSource,
    Delay,
    WhenAll,
    WhenAny,
    Semaphore,
    Channel,
    AsyncEnumerable,
    GrainCall,
    GrainCallAsTask,
    GrainCallThatFails,
    SeveralGrainCalls,
}
