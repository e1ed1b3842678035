using Orleans.Runtime;

namespace Orleans.Embedded.Calls;

/// <summary>A chain of calls came back to a grain that waits in it: a deadlock, or its seed. Only the embedded runtime looks for them.</summary>
public sealed class CallCycleException : OrleansException
{
    internal CallCycleException(string message)
        : base(message)
    {
    }
}
