using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.SipEdge.Tests.Wire;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.Storage.Bodies;

namespace PosteRestante.SipEdge.Tests.Large;

/// <summary>A service behind a core into whose mailboxes a test puts messages whose bodies are in the body store.</summary>
public sealed class ServiceWithBodies : RunningService
{
    /// <summary>Headers of a large message as they are kept.</summary>
    public const string LargeHead = """
        INVITE sip:bob@example.net SIP/2.0
        Via: SIP/2.0/TCP 192.0.2.1:5060;branch=z9hG4bK1
        From: "Alice" <sip:alice@example.net>;tag=a9
        To: <sip:bob@example.net>
        Call-ID: 78@alice.example.net
        CSeq: 1 INVITE
        Date: Sun, 22 Nov 2026 10:00:00 GMT
        Subject: Pictures
        Contribution-ID: c1
        Message-ID: original1
        Content-Disposition: attachment
        Content-Type: image/tiff


        """;

    private IServiceProvider _services = null!;

    /// <summary>The body store.</summary>
    public IBodyStore Bodies => _services.GetRequiredService<IBodyStore>();

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Identity:TrustedPeers:0", "127.0.0.1"),
        new("Retrieval:All", "Undelivered"),
        new("Accounts:Users:3:Password", "builder"), // dave
        new("Accounts:Users:13:Password", "builder"), // nora
        new("Accounts:Users:14:Password", "builder"), // olga
        new("Accounts:Users:15:Password", "builder"), // paul
    ];

    /// <summary>Headers of a pager message whose body is in the body store.</summary>
    public static string PagerHead(int length) => $"""
        MESSAGE sip:bob@example.net SIP/2.0
        Via: SIP/2.0/TCP 192.0.2.1:5060;branch=z9hG4bK1
        From: "Alice" <sip:alice@example.net>;tag=a9
        To: <sip:bob@example.net>
        Call-ID: 79@alice.example.net
        CSeq: 1 MESSAGE
        Content-Type: text/plain
        Content-Length: {length}


        """;

    /// <summary>Octets that look like no text, and hold what begins an end-line.</summary>
    public static byte[] Picture(int length)
    {
        var octets = new byte[length];
        new Random(length).NextBytes(octets);
        "\r\n-------abcd$\r\n--p"u8.CopyTo(octets.AsSpan(length / 2));
        return octets;
    }

    /// <summary>Puts a message into a mailbox.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="body">Its body.</param>
    /// <param name="head">Its headers.</param>
    /// <param name="mode">How it came.</param>
    /// <returns>The name of its body.</returns>
    public async Task<BodyName> PutAsync(
        string user, byte[] body, string head = LargeHead, MessageMode mode = MessageMode.Large)
    {
        var mailbox = MailboxKey.FromAor($"sip:{user}@example.net").Value;
        var name = await StoreAsync(mailbox, body);
        var content = new DeferredContent
        {
            Mode = mode,
            Octets = [.. Encoding.UTF8.GetBytes(head.ReplaceLineEndings("\r\n"))],
            Body = new BodyReference { Name = name.ToString(), Length = body.Length },
            ReceivedAt = new DateTimeOffset(2026, 11, 22, 10, 58, 3, TimeSpan.Zero),
            ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1),
            SenderIdentity = SenderIdentity.Asserted,
        };
        await _services.GetRequiredService<EventLoop>().Enter();
        var receipt = await _services.GetRequiredService<IGrainFactory>().GetGrain<IUserMailbox>(mailbox).DepositAsync(
            new DepositRequest { DedupeKey = [.. RandomNumberGenerator.GetBytes(16)], Content = content });
        receipt.Outcome.ShouldBe(DepositOutcome.Stored);
        return name;
    }

    /// <inheritdoc/>
    protected override void Configure(IServiceCollection services) =>
        SubstitutedGrains.AddTo(services, static (_, mailbox) => mailbox, provider => _services = provider);

    private async Task<BodyName> StoreAsync(string mailbox, byte[] body)
    {
        const int Piece = 64 * 1024;
        using var writer = Bodies.TryBegin()!;
        for (var at = 0; at < body.Length; at += Piece)
        {
            writer.Write(at, body.AsSpan(at, Math.Min(Piece, body.Length - at)));
            await writer.CaughtUpAsync();
        }

        _ = await writer.SealAsync(body.Length);
        return await writer.CommitAsync(mailbox, MessageKey.FromHash(RandomNumberGenerator.GetBytes(MessageKey.HashOctets)).Value);
    }
}
