using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Protocols.Msrp;
using PosteRestante.Protocols.Sdp;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Networking;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.Bench.Storm;

/// <summary>
/// The trusted core in front of the service with all its users behind it: one SIP connection, one MSRP connection a user.
/// </summary>
internal sealed class ReturningCore : ISipUser, IAsyncDisposable
{
    private const string Settings =
        "<im-settings><entity id=\"a\"><deferred-settings><offline-delivery active=\"true\"/></deferred-settings></entity></im-settings>";

    private readonly Meter _meter = new("PosteRestante.Bench");
    private readonly LoopThread _loop = new("returning-users", new LoopOptions(), TimeProvider.System, NullLogger<LoopThread>.Instance);
    private readonly SocketConnector _connector = new(NullLoggerFactory.Instance);
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, ReturningUser> _users = new(StringComparer.Ordinal);
    private readonly SipEndpoint _sip;
    private readonly MsrpEndpoint _msrp;
    private readonly SipDestination _server;
    private int _awaited;

    private ReturningCore(IPEndPoint server)
    {
        _server = new SipDestination(SipTransportKind.Tcp, server);
        _sip = new SipEndpoint(
            _loop, new SipEndpointOptions(), new SipInstruments(_meter), new SipIdentifiers(RandomNumberGenerator.Fill), NullLoggerFactory.Instance);
        _msrp = new MsrpEndpoint(
            _loop,
            new MsrpOptions(),
            new MsrpIdentifiers(RandomNumberGenerator.Fill),
            _connector,
            new MsrpInstruments(_meter),
            NullLogger<MsrpEndpoint>.Instance);
        _sip.Dialogs.User = this;
    }

    /// <summary>The time, on its own scale.</summary>
    public TimeSpan Now => _loop.Uptime;

    /// <summary>When the last message was there.</summary>
    public TimeSpan LastAt { get; private set; }

    /// <summary>Answers that were no 2xx, by status; 0 for none at all.</summary>
    public SortedDictionary<int, int> Refusals { get; } = [];

    /// <summary>All users.</summary>
    public IReadOnlyCollection<ReturningUser> Users => _users.Values;

    /// <summary>Opens it, with users u000001 and so on of <c>lab.test</c>.</summary>
    /// <param name="server">Where the service listens for SIP over TCP.</param>
    /// <param name="users">How many.</param>
    /// <param name="messages">How many messages wait for all of them together.</param>
    public static ReturningCore Start(IPEndPoint server, int users, int messages)
    {
        var core = new ReturningCore(server) { _awaited = messages };
        for (var number = 1; number <= users; number++)
        {
            core._users.Add(string.Create(CultureInfo.InvariantCulture, $"u{number:D6}"), new ReturningUser(core));
        }

        core._loop.Start();
        core._sip.AddStream(SipTransportKind.Tcp, new IPEndPoint(IPAddress.Loopback, 5060), core._connector);
        return core;
    }

    /// <summary>Publishes for every user at once; ends when the last session is over, or after a time.</summary>
    public async Task ReturnAsync(TimeSpan patience)
    {
        await _loop.Enter();
        foreach (var (name, user) in _users)
        {
            user.PublishedAt = Now;
            _ = PublishAsync($"sip:{name}@lab.test");
        }

        var all = Task.WhenAll(_users.Values.Select(static user => user.Over).Append(_all.Task));
        await Task.WhenAny(all, Task.Delay(patience, _loop.Time));
    }

    /// <summary>Counts a message.</summary>
    public void Received()
    {
        LastAt = Now;
        if (--_awaited == 0)
        {
            _all.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public void OnRequest(SipServerTransaction transaction) => transaction.Respond(405);

    /// <inheritdoc/>
    public void OnInvite(IncomingInvite invite)
    {
        if (!_users.TryGetValue(NameOf(invite.Request), out var user)
            || SdpParser.Parse(invite.Request.Body.Span, new SdpOptions(), out var offer, out _) != SdpError.None
            || _msrp.TryCreateSession(user, "127.0.0.1", MsrpLocalMedia.DiscardPort) is not { } media)
        {
            invite.Reject(404);
            return;
        }

        var local = new MsrpLocalMedia
        {
            Path = media.LocalPath,
            AcceptTypes = new MsrpAcceptTypes("multipart/mixed"),
            AcceptWrappedTypes = new MsrpAcceptTypes("message/sipfrag", "message/sip"),
            Direction = SdpDirection.RecvOnly,
            Setup = SdpSetup.Active,
        };
        var origin = new SdpOrigin("-", "1", "1", "IN", "IP4", "127.0.0.1");
        if (MsrpOfferAnswer.CreateAnswer(offer!, local, MsrpPeerRequirements.None, origin, out var answer, out var agreed) != MsrpRejection.None)
        {
            invite.Reject(488);
            media.Close();
            return;
        }

        invite.StartAccept("<sip:127.0.0.1:5060;transport=tcp>").Body("application/sdp", SdpWriter.Write(answer!));
        user.Begin(media, invite.Accept(user));
        media.Start(agreed!, new IPEndPoint(IPAddress.Loopback, agreed!.Remote.Path.First.Port ?? MsrpUri.DefaultPort));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _msrp.CloseAsync();
        await _sip.DisposeAsync();
        await _loop.DisposeAsync();
        _connector.Dispose();
        _meter.Dispose();
    }

    private static string NameOf(SipMessage invite)
    {
        var to = invite.GetText(SipHeaderName.To) ?? string.Empty;
        var at = to.IndexOf("sip:u", StringComparison.Ordinal);
        return at < 0 ? string.Empty : to.Substring(at + 4, Math.Min(7, to.Length - at - 4));
    }

    private async Task PublishAsync(string aor)
    {
        var publish = _sip.Dialogs
            .StartRequest(SipMethod.Publish, SipUri.Parse(aor), $"<{aor}>", $"<{aor}>")
            .Header(SipHeaderName.Event, "im-settings")
            .Header(SipHeaderName.Expires, 3600)
            .Header("P-Asserted-Identity", $"<{aor}>")
            .Body("application/im-settings+xml", System.Text.Encoding.UTF8.GetBytes(Settings));
        var result = await _sip.Dialogs.SendAsync(publish, _server, null);
        if (!result.IsSuccess)
        {
            var status = result.Response?.StatusCode ?? 0;
            Refusals[status] = Refusals.GetValueOrDefault(status) + 1;
        }
    }
}
