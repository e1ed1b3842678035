namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>A service that trusts nobody's word: everyone proves who he is.</summary>
public sealed class ServiceInTheOpen : RunningService
{
    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
        [new("Deposit:AllowUnauthenticated", "false")];
}
