using System.Collections.Immutable;

namespace PosteRestante.Storage.Bodies;

/// <summary>A way through all bodies; it holds a place, not a list.</summary>
public interface IBodyWalk : IDisposable
{
    /// <summary>The next names, not more than so many; empty at the end.</summary>
    ValueTask<ImmutableArray<StoredBody>> NextAsync(int count);
}
