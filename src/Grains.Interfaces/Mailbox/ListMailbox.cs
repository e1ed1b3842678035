using Orleans;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>Asks for a page of the index.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.ListMailbox")]
public sealed record ListMailbox
{
    /// <summary>Commit sequence of the last entry already had; 0 at the start.</summary>
    [Id(0)]
    public long AfterSequence { get; init; }

    /// <summary>At most this many entries.</summary>
    [Id(1)]
    public int MaxEntries { get; init; }
}
