using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PosteRestante.SipEdge.Tests.Wire;

namespace PosteRestante.SipEdge.Tests.Torture;

/// <summary>The service of <c>example.com</c>, new for each message: some share a branch, and no answer may be another's.</summary>
internal sealed class TortureService : RunningService
{
    public SentResponses Responses { get; private set; } = null!;

    protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
        [new("Service:Host", "example.com"), .. ServerReactions.Users.Select((user, index) => new KeyValuePair<string, string?>($"Accounts:Users:{index}:Aor", user))];

    protected override void Configure(IServiceCollection services) =>
        services.AddSingleton<IHostedService>(provider => Responses = ActivatorUtilities.CreateInstance<SentResponses>(provider));
}
