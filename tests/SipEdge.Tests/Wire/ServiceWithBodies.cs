using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Storage.Bodies;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>A service whose mailboxes and bodies a test looks into, with small pieces and small limits for large messages.</summary>
public sealed class ServiceWithBodies : RunningService
{
    /// <summary>Octets of a large message, at most.</summary>
    public const int MaxBytes = 1024 * 1024;

    private IServiceProvider? _services;

    /// <summary>Where bodies are.</summary>
    internal IBodyStore Bodies => _services!.GetRequiredService<IBodyStore>();

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Identity:TrustedPeers:0", "127.0.0.1"),
        new("Storage:Bodies:PieceBytes", "4096"),
        new("Storage:Bodies:QueuedPieces", "1"),
        new("Deposit:Large:MaxBytes", $"{MaxBytes}"),
        new("Deposit:Large:MaxMessages", "8"),
        new("Deposit:Large:MaxSessionsPerMailbox", "2"),
        new("Mailbox:MaxOctets", $"{3 * MaxBytes}"),
        new("Msrp:MaxGaps", "8"),
    ];

    /// <summary>The grains.</summary>
    internal IGrainFactory Grains => _services!.GetRequiredService<IGrainFactory>();

    /// <summary>The mailbox of a user.</summary>
    internal IUserMailbox Mailbox(string user) =>
        _services!.GetRequiredService<IGrainFactory>().GetGrain<IUserMailbox>(MailboxKey.FromAor($"sip:{user}@example.net").Value);

    /// <summary>What waits for a user, oldest first, and for how many of it a condition is waited.</summary>
    internal async Task<IReadOnlyList<WaitingMessage>> WaitingAsync(string user)
    {
        var begun = await Mailbox(user).BeginDeliveryAsync(new BeginDelivery { Kind = DeliveryKind.Pull, SessionId = "test", IncludeDelivered = true });
        if (begun.Outcome != DeliveryOutcome.Granted)
        {
            return [];
        }

        var page = await Mailbox(user).NextPageAsync(new NextDeliveryPage { Token = begun.Token, MaxMessages = 100, MaxOctets = int.MaxValue });
        await Mailbox(user).EndDeliveryAsync(new EndDelivery { Token = begun.Token });
        return [.. page.Messages];
    }

    /// <summary>The body of a message in the body store.</summary>
    internal async Task<byte[]> BodyAsync(DeferredContent content)
    {
        BodyName.TryParse(content.Body.Name, out var name).ShouldBeTrue(content.Body.Name);
        using var reader = (await Bodies.OpenAsync(name, content.Body.Length)).ShouldNotBeNull();
        using var body = new MemoryStream();
        while (await reader.ReadAsync(body.Length) is { IsEmpty: false } piece)
        {
            body.Write(piece.Span);
        }

        return body.ToArray();
    }

    /// <summary>Waits until the store has so many bodies of a user.</summary>
    internal async Task<int> BodiesOfAsync(string user)
    {
        var count = 0;
        using var walk = Bodies.Walk();
        while (await walk.NextAsync(100) is { Length: > 0 } page)
        {
            count += page.Count(body => body.Name.Mailbox == $"{user}@example.net");
        }

        return count;
    }

    /// <inheritdoc/>
    protected override void Configure(IServiceCollection services) =>
        services.AddSingleton<IHostedService>(provider => new ServicesTaken(provider, taken => _services = taken));
}
