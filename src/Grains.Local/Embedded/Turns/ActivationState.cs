namespace Orleans.Embedded.Turns;

/// <summary>The life of an activation.</summary>
internal enum ActivationState : byte
{
    /// <summary><c>OnActivateAsync</c> runs; calls wait.</summary>
    Activating,

    /// <summary>Calls run.</summary>
    Active,

    /// <summary>It shall end: running requests finish, new ones wait for the next activation.</summary>
    Leaving,

    /// <summary><c>OnDeactivateAsync</c> runs.</summary>
    Ending,

    /// <summary>It is no more.</summary>
    Ended,
}
