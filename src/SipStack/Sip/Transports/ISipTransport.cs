using System.Net;

namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>
/// One transport. All members are called on the loop, unless they say otherwise. Disposing, from any thread, stops receiving
/// and closes every flow.
/// </summary>
public interface ISipTransport : IAsyncDisposable
{
    /// <summary>How it behaves.</summary>
    SipTransportKind Kind { get; }

    /// <summary>The host of Via and Contact, an IPv6 address in brackets.</summary>
    string SentByHost { get; }

    /// <summary>The port of Via and Contact.</summary>
    int SentByPort { get; }

    /// <summary>Begins to receive. Called once, from any thread.</summary>
    void Start(ISipReceiver receiver);

    /// <summary>The flow that a request to this end point takes now; null when a connection must be opened first.</summary>
    SipFlow? FindFlow(IPEndPoint remote);

    /// <summary>Opens a flow; null when the peer cannot be reached or a limit forbids it.</summary>
    ValueTask<SipFlow?> OpenFlowAsync(IPEndPoint remote);

    /// <summary>Sends a message. The octets are copied where they must wait.</summary>
    SipSendResult Send(SipFlow flow, ReadOnlySpan<byte> octets);
}
