using Orleans.Embedded.Calls;

namespace Orleans.Runtime;

/// <summary>A reference to a grain: a proxy that carries calls to it. Generated classes derive from it.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private protected GrainReference(GrainBinding binding, IdSpan key)
    {
        Binding = binding;
        Key = key;
    }

    /// <summary>Which grain it points to.</summary>
    public GrainId GrainId => new(Binding.Class.GrainType, Key);

    internal GrainBinding Binding { get; }

    internal IdSpan Key { get; }

    /// <inheritdoc/>
    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc/>
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <inheritdoc/>
    public sealed override string ToString() => $"GrainReference:{GrainId}";

    /// <summary>Whether both point to the same grain.</summary>
    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) =>
        reference1 is null ? reference2 is null : reference1.Equals(reference2);

    /// <summary>Whether they point to different grains.</summary>
    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !(reference1 == reference2);
}
