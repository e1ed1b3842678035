using System.Net;
using PosteRestante.Client.Retrieval;
using PosteRestante.Client.Retrieval.Large;
using PosteRestante.Protocols.Mime;
using PosteRestante.Protocols.Sdp;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.Client.Sessions;

/// <summary>Who a client is and where its server is.</summary>
public sealed record ImClientOptions
{
    /// <summary>The user's address-of-record, <c>sip:bob@example.net</c>.</summary>
    public required string Aor { get; init; }

    /// <summary>The end point of the server, or of the core in front of it.</summary>
    public required IPEndPoint Server { get; init; }

    /// <summary>Digest user name; empty for a client that is not challenged.</summary>
    public string UserName { get; init; } = string.Empty;

    /// <summary>Digest password.</summary>
    public string Password { get; init; } = string.Empty;

    /// <summary>The provisioned URI of the Deferred Messaging Function (DM-12.1.1-3).</summary>
    public string DeferredUri { get; init; } = "sip:Deferred@localhost";

    /// <summary>
    /// What is known of earlier deliveries. Default: the last 4096 of this client, in memory; <see cref="DeliveryFile"/> keeps
    /// them.
    /// </summary>
    public IReceivedDeliveries? ReceivedDeliveries { get; init; }

    /// <summary>Whether SIP goes over TCP. Default false: UDP, as long as a message fits (RFC 3261 18.1.1).</summary>
    public bool UseTcp { get; init; }

    /// <summary>With what SIP and MSRP go over TLS; null: they do not.</summary>
    public ImClientTls? Tls { get; init; }

    /// <summary>How requests to the server travel.</summary>
    internal SipTransportKind Transport => Tls is not null ? SipTransportKind.Tls : UseTcp ? SipTransportKind.Tcp : SipTransportKind.Udp;

    /// <summary>The largest MSRP message held in memory, in octets. Default 1 MiB; a longer one goes to <see cref="Bodies"/>.</summary>
    public int MaxMessageOctets { get; init; } = 1024 * 1024;

    /// <summary>Where larger messages go. Default null: they are not taken (<c>a=max-size</c>, and 413).</summary>
    public BodyFolder? Bodies { get; init; }

    /// <summary>The largest message taken at all.</summary>
    internal long MaxOctets => Math.Max(MaxMessageOctets, Bodies?.MaxOctets ?? 0);

    /// <summary>How long a retrieval may stand without a message, a REPORT or the BYE coming. Default 60 seconds.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For how long the client asks to be known as back (RFC 3903). Default 10 minutes; it is refreshed before.</summary>
    public TimeSpan PublicationExpires { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a client that goes lets a running push come to its end. Default 2 seconds.</summary>
    public TimeSpan LeaveWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Sessions that the service may open at once to push messages. Default 4; one more gets 486.</summary>
    public int MaxPushes { get; init; } = 4;

    /// <summary>The limits of the service's session description.</summary>
    public SdpOptions Sdp { get; init; } = new();

    /// <summary>The limits of the containers that messages come in.</summary>
    public MimeOptions Mime { get; init; } = new();

    /// <summary>The product in User-Agent, after <c>IM-client/OMA1.0</c> (profile 1.2).</summary>
    public string Product { get; init; } = "PosteRestante/0.1";
}
