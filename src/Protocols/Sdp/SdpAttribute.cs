namespace PosteRestante.Protocols.Sdp;

/// <summary>An attribute: <c>a=name</c> or <c>a=name:value</c>.</summary>
/// <param name="Name">The name, with case.</param>
/// <param name="Value">What follows the colon; null for a property attribute.</param>
public readonly record struct SdpAttribute(string Name, string? Value = null)
{
    /// <inheritdoc/>
    public override string ToString() => Value is null ? Name : $"{Name}:{Value}";
}
