using System.Runtime.InteropServices;

namespace PosteRestante.SipStack.Scheduling;

/// <summary>One entry of a loop's list: a callback and what it works on.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct LoopItem(SendOrPostCallback callback, object? state)
{
    /// <summary>Does the work.</summary>
    public void Run() => callback(state);
}
