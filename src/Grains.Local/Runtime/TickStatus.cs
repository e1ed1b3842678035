namespace Orleans.Runtime;

/// <summary>Which tick of a reminder this is.</summary>
/// <param name="firstTickTime">When the first tick was due, UTC.</param>
/// <param name="period">The period.</param>
/// <param name="timeStamp">When this tick was sent, UTC.</param>
public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp) : IEquatable<TickStatus>
{
    /// <summary>When the first tick was due, UTC.</summary>
    public DateTime FirstTickTime { get; } = firstTickTime;

    /// <summary>The period.</summary>
    public TimeSpan Period { get; } = period;

    /// <summary>When this tick was sent, UTC.</summary>
    public DateTime CurrentTickTime { get; } = timeStamp;

    /// <inheritdoc/>
    public bool Equals(TickStatus other) =>
        FirstTickTime == other.FirstTickTime && Period == other.Period && CurrentTickTime == other.CurrentTickTime;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TickStatus other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(FirstTickTime, Period, CurrentTickTime);

    /// <summary>Equality by value.</summary>
    public static bool operator ==(TickStatus left, TickStatus right) => left.Equals(right);

    /// <summary>Inequality by value.</summary>
    public static bool operator !=(TickStatus left, TickStatus right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => $"<{FirstTickTime}, {Period}, {CurrentTickTime}>";
}
