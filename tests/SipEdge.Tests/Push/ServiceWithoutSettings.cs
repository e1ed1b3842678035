using Microsoft.Extensions.DependencyInjection;
using PosteRestante.Grains.Interfaces.Settings;
using PosteRestante.SipEdge.Tests.Wire;

namespace PosteRestante.SipEdge.Tests.Push;

/// <summary>A service behind a core whose settings a test may answer for.</summary>
public sealed class ServiceWithoutSettings : RunningService
{
    /// <summary>The answer to a publication; null lets the real grain answer.</summary>
    public Func<PublishSettings, SettingsPublished>? Publish { get; set; }

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> Settings => [new("Identity:TrustedPeers:0", "127.0.0.1")];

    /// <inheritdoc/>
    protected override void Configure(IServiceCollection services) => SubstitutedGrains.AddTo(
        services, static (_, mailbox) => mailbox, settings: real => new AnsweringSettings(real, this));

    private sealed class AnsweringSettings(IServiceSettings real, ServiceWithoutSettings service) : IServiceSettings
    {
        public ValueTask<SettingsPublished> PublishAsync(PublishSettings request) =>
            service.Publish is { } answer ? ValueTask.FromResult(answer(request)) : real.PublishAsync(request);
    }
}
