using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.Protocols.Sip.Writing;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Simulation;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Tests.Sip.Support;

/// <summary>A stack at 10.0.0.1 and a raw peer at 10.0.0.2, on one simulated loop and network.</summary>
internal sealed class TestStack : IDisposable
{
    public static readonly IPEndPoint Us = new(new IPAddress([10, 0, 0, 1]), 5060);
    public static readonly IPEndPoint Them = new(new IPAddress([10, 0, 0, 2]), 5060);

    private readonly Meter _meter = new("test");
    private readonly MeterListener _listener = new();

    public TestStack(int seed = 1, SipTransactionOptions? options = null, SipTransportOptions? transportOptions = null, SipParserOptions? parserOptions = null, bool keepsOrder = false)
    {
        Loop = keepsOrder ? new SimulatedLoop() : new SimulatedLoop(seed);
        Network = new MemoryNetwork(Loop, seed);
        Listen();
        var instruments = new SipInstruments(_meter);
        var identifiers = SipIdentifiers.FromSeed(seed);
        TransportOptions = transportOptions ?? new SipTransportOptions();
        Transports = new SipTransportLayer(TransportOptions, instruments, identifiers);
        Transactions = new SipTransactionLayer(
            Loop, Transports, Timers, options ?? new SipTransactionOptions(), instruments, identifiers, NullLogger<SipTransactionLayer>.Instance);
        Transactions.SetUser(User);
        Transports.Add(new MemoryUdpTransport(Loop, Network, Us, parserOptions ?? new SipParserOptions(), instruments));
        Tcp = new StreamTransport(
            Loop, SipTransportKind.Tcp, Us, Network, TransportOptions, parserOptions ?? new SipParserOptions(), instruments, NullLogger<StreamTransport>.Instance);
        Peer = new TestPeer(Network, Them);
    }

    public SimulatedLoop Loop { get; }

    public MemoryNetwork Network { get; }

    public SipTimers Timers { get; } = new();

    public SipTransportOptions TransportOptions { get; }

    public SipTransportLayer Transports { get; }

    public SipTransactionLayer Transactions { get; }

    /// <summary>Null until <see cref="AddDialogs"/> puts it in the place of <see cref="User"/>.</summary>
    public SipDialogLayer? Dialogs { get; private set; }

    public TestApplication Application { get; } = new();

    /// <summary>Not started: <see cref="AddTcp"/> does that.</summary>
    public StreamTransport Tcp { get; }

    public TestUser User { get; } = new();

    public TestPeer Peer { get; }

    /// <summary>What the counters add up to, by instrument and by its one tag.</summary>
    public Dictionary<string, long> Counted { get; } = [];

    public void AddTcp()
    {
        Transports.Add(Tcp);
        Network.Listen(Us, Tcp.ServeAsync);
    }

    public SipDialogLayer AddDialogs(int maxDialogs = 100)
    {
        Dialogs = new SipDialogLayer(Transactions, new SipDialogOptions { MaxDialogs = maxDialogs }) { User = Application };
        return Dialogs;
    }

    /// <summary>The peer sends, and everything that follows at once happens.</summary>
    public void Receive(string message)
    {
        Peer.Send(Us, message);
        Settle();
    }

    /// <summary>Lets what is under way arrive, without any SIP timer running out.</summary>
    public void Settle() => Loop.Advance(TimeSpan.FromMilliseconds(5));

    public void Advance(double seconds) => Loop.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>The result of a task that has ended already.</summary>
    public T Outcome<T>(Task<T> task)
    {
        task.IsCompleted.ShouldBeTrue();
        return Loop.Complete(() => task);
    }

    public SipClientTransaction Send(SipMethod method, SipDestination? destination = null, Action<SipRequestBuilder>? more = null)
    {
        var builder = new SipRequestBuilder().Start(method, SipUri.Parse("sip:alice@example.net"))
            .From("<sip:bob@example.net>", "our-tag").To("<sip:alice@example.net>").CallId("ours").CSeq(1).MaxForwards();
        more?.Invoke(builder);
        return Loop.InTurn(() => Transactions.Send(builder, destination ?? new SipDestination(SipTransportKind.Udp, Them), User));
    }

    public void Dispose()
    {
        Peer.Dispose();
        _listener.Dispose();
        _meter.Dispose();
    }

    private void Listen()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, _meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var name = tags.Length == 1 ? $"{instrument.Name} {tags[0].Value}" : instrument.Name;
            Counted[name] = Counted.GetValueOrDefault(name) + value;
        });
        _listener.Start();
    }
}
