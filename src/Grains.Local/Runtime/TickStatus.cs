namespace Orleans.Runtime;

/// <summary>Which tick of a reminder this is.</summary>
[GenerateSerializer]
public struct TickStatus
{
    /// <summary>When the first tick was due, UTC.</summary>
    [Id(1)]
    public DateTime FirstTickTime { get; private set; }

    /// <summary>The period.</summary>
    [Id(2)]
    public TimeSpan Period { get; private set; }

    /// <summary>When this tick was sent, UTC.</summary>
    [Id(3)]
    public DateTime CurrentTickTime { get; private set; }

    /// <summary>The status with these values.</summary>
    public static TickStatus Create(DateTime firstTickTime, TimeSpan period, DateTime timeStamp) =>
        new() { FirstTickTime = firstTickTime, Period = period, CurrentTickTime = timeStamp };

    /// <inheritdoc/>
    public override readonly string ToString() => $"<{FirstTickTime}, {Period}, {CurrentTickTime}>";
}
