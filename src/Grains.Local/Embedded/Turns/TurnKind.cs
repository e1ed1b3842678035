namespace Orleans.Embedded.Turns;

/// <summary>What a turn does.</summary>
internal enum TurnKind : byte
{
    /// <summary>A call reaches the shard and is handed to its activation.</summary>
    Deliver,

    /// <summary>A timer tick reaches its activation.</summary>
    Tick,

    /// <summary>An activation takes the next of the calls that wait for it.</summary>
    Pump,

    /// <summary>A continuation of an awaited grain call.</summary>
    Resume,

    /// <summary>A continuation that came through the synchronization context.</summary>
    Post,

    /// <summary>The shard's own work.</summary>
    Internal,
}
