namespace PosteRestante.SipEdge.Tests.Torture;

/// <summary>What this service, running, does with one torture message.</summary>
/// <param name="Name">The message.</param>
/// <param name="Udp">The final status it gets as a datagram; 0 when nothing may be sent.</param>
/// <param name="Tcp">The final statuses it gets over a stream, in order; empty when nothing may be sent.</param>
/// <param name="Closes">Whether the stream is closed then.</param>
/// <param name="Reason">Why, where RFC 4475 would have it otherwise or leaves a choice.</param>
public sealed record ServerReaction(string Name, int Udp, IReadOnlyList<int> Tcp, bool Closes, string Reason)
{
    /// <summary>The same over both transports; the stream stays.</summary>
    public ServerReaction(string name, int status, string reason = "")
        : this(name, status, status == 0 ? [] : [status], Closes: false, reason)
    {
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
