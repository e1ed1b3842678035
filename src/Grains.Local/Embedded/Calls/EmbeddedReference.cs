using Orleans.Runtime;

namespace Orleans.Embedded.Calls;

/// <summary>The base of generated grain references.</summary>
public abstract class EmbeddedReference : GrainReference
{
    /// <param name="binding">The interface and the runtime.</param>
    /// <param name="key">The key of the grain.</param>
    protected EmbeddedReference(GrainBinding binding, IdSpan key)
        : base(binding, key)
    {
    }
}
