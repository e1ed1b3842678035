namespace PosteRestante.SipStack.Simulation;

/// <summary>How a <see cref="MemoryNetwork"/> behaves. Every choice is drawn from its seed.</summary>
public sealed class MemoryNetworkOptions
{
    /// <summary>The shortest delay of a datagram or a piece of a stream, default 1 ms.</summary>
    public TimeSpan MinDelay { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>The longest delay, default 1 ms; when longer than the shortest, datagrams overtake each other.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>The share of datagrams that are lost, 0 to 1, default 0.</summary>
    public double Loss { get; set; }

    /// <summary>The share of datagrams that arrive twice, 0 to 1, default 0.</summary>
    public double Duplication { get; set; }

    /// <summary>The largest piece in which a stream arrives, in octets, default 65,536; each piece has a random size up to it.</summary>
    public int MaxPiece { get; set; } = 65_536;
}
