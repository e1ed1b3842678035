namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>A service whose settings leave little room for what is inside a request.</summary>
public sealed class ServiceWithSmallLimits : RunningService
{
    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Identity:TrustedPeers:0", "127.0.0.1"),
        new("Sdp:MaxLines", "13"),
        new("Mime:MaxParts", "1"),
        new("ResourceLists:MaxEntries", "2"),
        new("ResourceLists:MaxDepth", "3"),
        new("Cpim:MaxMessageIdBytes", "4"),
        new("Msrp:Frames:MaxHeaders", "4"),
    ];
}
