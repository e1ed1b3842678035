using System.Collections.Immutable;

namespace PosteRestante.Grains.Messages;

/// <summary>The deployment's secret as it is stored.</summary>
internal sealed record KeySecretRecord
{
    /// <summary>Which secret it is.</summary>
    public int KeyId { get; init; }

    /// <summary>The secret; empty when it is configured and only its hash is stored.</summary>
    public ImmutableArray<byte> Octets { get; init; } = [];

    /// <summary>SHA-256 of the secret.</summary>
    public ImmutableArray<byte> Hash { get; init; } = [];
}
