namespace PosteRestante.Grains.Mailbox;

/// <summary>Where a page of a delivery starts: one number on the wire, above every sequence in the later runs.</summary>
/// <param name="Run">The run.</param>
/// <param name="After">The sequence after which it goes on.</param>
internal readonly record struct DeliveryCursor(DeliveryRun Run, long After)
{
    private const long LastRun = 1L << 62;
    private const long ParkedRun = LastRun | (1L << 61);

    /// <summary>Reads a cursor.</summary>
    public static DeliveryCursor Of(long value) => value switch
    {
        >= ParkedRun => new DeliveryCursor(DeliveryRun.Parked, value - ParkedRun),
        >= LastRun => new DeliveryCursor(DeliveryRun.Last, value - LastRun),
        _ => new DeliveryCursor(DeliveryRun.First, value),
    };

    /// <summary>The number.</summary>
    public long Value => After + Run switch
    {
        DeliveryRun.First => 0,
        DeliveryRun.Last => LastRun,
        _ => ParkedRun,
    };
}
