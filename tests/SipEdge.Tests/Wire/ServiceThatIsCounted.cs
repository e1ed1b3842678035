using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>A service behind a core, with meters of the test's own.</summary>
public sealed class ServiceThatIsCounted : RunningService
{
    /// <summary>What it counts.</summary>
    internal CountingMeters Meters { get; } = new();

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
        [new("Identity:TrustedPeers:0", "127.0.0.1"), new("Deposit:MaxBodyOctets", "32768")];

    /// <inheritdoc/>
    protected override void Configure(IServiceCollection services) => services.AddSingleton<IMeterFactory>(Meters);
}
