namespace PosteRestante.TestKit.SipTorture;

/// <summary>One message of RFC 4475 and what is expected of it.</summary>
/// <param name="Name">The name RFC 4475 gives it; <c>NAME.dat</c> is the file.</param>
/// <param name="Section">The section of RFC 4475; empty when it is not from there.</param>
/// <param name="Verdict">What the protocol layer makes of it in a datagram.</param>
/// <param name="Status">
/// What the protocol layer answers when it refuses the message; 0 when nothing is sent; null when the message is accepted:
/// what the service does with it stands in <c>ServerReactions</c> of SipEdge.Tests.
/// </param>
/// <param name="Stream">What the framer makes of it over a stream.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record TortureMessage(
    string Name, string Section, TortureVerdict Verdict, int? Status, TortureStream Stream, string Reason)
{
    /// <summary>The octets, exactly as in the corpus.</summary>
    public byte[] ReadOctets()
    {
        using var stream = typeof(TortureMessage).Assembly.GetManifestResourceStream(Name + ".dat")
            ?? throw new InvalidOperationException($"{Name}.dat is not embedded in the test kit.");
        using var octets = new MemoryStream();
        stream.CopyTo(octets);
        return octets.ToArray();
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
