using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>
/// Finds a transaction by another copy of its request: same From tag, Call-ID and CSeq (RFC 3261 8.2.2.2). Looking up
/// allocates nothing.
/// </summary>
internal sealed class MergedRequestComparer : IEqualityComparer<SipServerTransaction>, IAlternateEqualityComparer<SipMessage, SipServerTransaction>
{
    public static readonly MergedRequestComparer Instance = new();

    /// <inheritdoc/>
    public bool Equals(SipServerTransaction? x, SipServerTransaction? y) => Equals(x!.Request, y!);

    /// <inheritdoc/>
    public int GetHashCode(SipServerTransaction obj) => GetHashCode(obj.Request);

    /// <inheritdoc/>
    public bool Equals(SipMessage alternate, SipServerTransaction other) =>
        alternate.CSeq == other.Request.CSeq
        && alternate.CallId == other.Request.CallId
        && alternate.From.Tag.IsIgnoreCase(other.Request.From.Tag);

    /// <inheritdoc/>
    public int GetHashCode(SipMessage alternate) => HashCode.Combine(alternate.CallId.GetHashCode(), alternate.CSeq.Number);

    /// <inheritdoc/>
    public SipServerTransaction Create(SipMessage alternate) => throw new NotSupportedException("Transactions are not made by looking one up.");
}
