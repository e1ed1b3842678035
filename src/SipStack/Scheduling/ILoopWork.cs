namespace PosteRestante.SipStack.Scheduling;

/// <summary>A piece of work that is its own state, so that posting it allocates nothing.</summary>
public interface ILoopWork
{
    /// <summary>Runs on the event loop, once for each time it was posted.</summary>
    void Run();
}
