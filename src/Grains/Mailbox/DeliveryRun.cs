namespace PosteRestante.Grains.Mailbox;

/// <summary>The runs that a delivery makes through the index, in this order.</summary>
internal enum DeliveryRun
{
    /// <summary>All that never failed for their own sake.</summary>
    First = 0,

    /// <summary>Those that did.</summary>
    Last = 1,

    /// <summary>Those that did again when they came last; only for a pull.</summary>
    Parked = 2,
}
