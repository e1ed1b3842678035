using System.Collections.Immutable;

namespace PosteRestante.Grains.Mailbox.Head;

/// <summary>The messages that a delivery by list brings: their sequences in the order of the list, none twice.</summary>
internal sealed class Selection
{
    private readonly ImmutableArray<long> _sorted;

    /// <summary>Takes sequences in the order of the list.</summary>
    public Selection(ImmutableArray<long> sequences)
    {
        Sequences = sequences;
        _sorted = sequences.Sort();
    }

    /// <summary>The sequences in the order of the list.</summary>
    public ImmutableArray<long> Sequences { get; }

    /// <summary>Whether an entry is one of them.</summary>
    public bool Contains(long sequence) => _sorted.BinarySearch(sequence) >= 0;
}
