using Orleans.Embedded.Manifest;
using Orleans.Runtime;

namespace Orleans.Embedded.Calls;

/// <summary>A grain interface within one runtime: which class serves it, and how a reference to it is made.</summary>
public sealed class GrainBinding
{
    private readonly Func<GrainBinding, IdSpan, EmbeddedReference> _create;

    internal GrainBinding(EmbeddedRuntime runtime, GrainClass grainClass, Func<GrainBinding, IdSpan, EmbeddedReference> create)
    {
        Runtime = runtime;
        Class = grainClass;
        _create = create;
    }

    internal EmbeddedRuntime Runtime { get; }

    internal GrainClass Class { get; }

    internal EmbeddedReference Create(IdSpan key) => _create(this, key);
}
