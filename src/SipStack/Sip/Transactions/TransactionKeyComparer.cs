namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>Finds keys by octets that are not kept.</summary>
internal sealed class TransactionKeyComparer : IEqualityComparer<TransactionKey>, IAlternateEqualityComparer<ReadOnlySpan<byte>, TransactionKey>
{
    public static readonly TransactionKeyComparer Instance = new();

    /// <inheritdoc/>
    public bool Equals(TransactionKey x, TransactionKey y) => x.Equals(y);

    /// <inheritdoc/>
    public int GetHashCode(TransactionKey obj) => obj.GetHashCode();

    /// <inheritdoc/>
    public bool Equals(ReadOnlySpan<byte> alternate, TransactionKey other) => alternate.SequenceEqual(other.Octets);

    /// <inheritdoc/>
    public int GetHashCode(ReadOnlySpan<byte> alternate) => TransactionKey.Hash(alternate);

    /// <inheritdoc/>
    public TransactionKey Create(ReadOnlySpan<byte> alternate) => new(alternate);
}
