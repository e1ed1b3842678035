namespace Orleans.Embedded.Simulation;

/// <summary>SplitMix64: small, and the same on every version of .NET, so that a seed replays for ever.</summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number below <paramref name="bound"/>.</summary>
    public int Next(int bound) => (int)(NextBits() % (ulong)bound);

    /// <summary>Whether an event of this probability happens. A probability of zero draws nothing.</summary>
    public bool Happens(double probability) =>
        probability > 0 && (NextBits() >> 11) * (1.0 / (1UL << 53)) < probability;

    private ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        var bits = _state;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
