using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Connections;
using PosteRestante.Protocols.Sdp;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Simulation;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>A simulated loop and network with a server that listens and a client that connects.</summary>
internal sealed class MsrpWorld
{
    public static readonly IPEndPoint ServerAddress = new(new IPAddress([10, 0, 0, 2]), 2855);

    private readonly Meter _meter = new("test");

    public MsrpWorld(int seed = 1, MsrpOptions? options = null, MemoryNetworkOptions? network = null, bool keepsOrder = false)
    {
        Loop = keepsOrder ? new SimulatedLoop() : new SimulatedLoop(seed);
        Network = new MemoryNetwork(Loop, seed, network);
        Server = Make(options ?? new MsrpOptions(), seed, ServerWire);
        Client = Make(options ?? new MsrpOptions(), seed + 1, ClientWire);
        Network.Listen(ServerAddress, Server.ServeAsync);
    }

    public SimulatedLoop Loop { get; }

    public MemoryNetwork Network { get; }

    public MsrpEndpoint Server { get; }

    public MsrpEndpoint Client { get; }

    public WireRecorder ServerWire { get; } = new();

    public WireRecorder ClientWire { get; } = new();

    /// <summary>What was logged as a fault of ours.</summary>
    public FaultLog Faults { get; } = new();

    public RecordingHandler ServerHandler { get; } = new();

    public RecordingHandler ClientHandler { get; } = new();

    /// <summary>A session at the server: passive, with a client as it was agreed with.</summary>
    public MsrpSession Serve(
        string clientPath = "msrp://10.0.0.1:9/client;tcp", string direction = "sendrecv", string types = "*")
    {
        MsrpSession session = Server.TryCreateSession(ServerHandler, "10.0.0.2", 2855)!;
        Start(session, $"m=message 9 TCP/MSRP *\r\na=accept-types:{types}\r\na=setup:active\r\na=path:{clientPath}\r\na={direction}\r\n", SdpSetup.Passive);
        return session;
    }

    /// <summary>A session of each, agreed with each other. The client connects at once.</summary>
    public (MsrpSession Server, MsrpSession Client) Pair(string serverDirection = "sendrecv", string clientDirection = "sendrecv")
    {
        MsrpSession client = Client.TryCreateSession(ClientHandler, "10.0.0.1", MsrpLocalMedia.DiscardPort)!;
        MsrpSession server = Serve(client.LocalPath.Text, clientDirection);
        Start(
            client,
            $"m=message 2855 TCP/MSRP *\r\na=accept-types:*\r\na=setup:passive\r\na=path:{server.LocalPath.Text}\r\na={serverDirection}\r\n",
            SdpSetup.Active);
        return (server, client);
    }

    /// <summary>A raw connection to the server.</summary>
    public RawPeer Connect()
    {
        ConnectionContext context = Loop.Complete(() => Network.ConnectAsync(ServerAddress).AsTask());
        return new RawPeer(Loop, context);
    }

    /// <summary>A session at the server and a raw client that has opened it by its first SEND.</summary>
    public (MsrpSession Session, RawPeer Peer) Open(string direction = "sendrecv", string types = "*")
    {
        MsrpSession session = Serve(direction: direction, types: types);
        RawPeer peer = Connect();
        peer.Path = session.LocalPath.Text;
        peer.Send("frst", "msg0", body: null);
        Loop.RunUntil(() => peer.Frames.Count > 0);
        peer.Frames.ShouldHaveSingleItem().Status.ShouldBe(200);
        peer.Frames.Clear();
        return (session, peer);
    }

    /// <summary>A world with a session at the server and a raw client that has opened it.</summary>
    public static (MsrpWorld World, MsrpSession Session, RawPeer Peer) OpenServer(MsrpOptions? options = null)
    {
        MsrpWorld world = new(options: options);
        (MsrpSession session, RawPeer peer) = world.Open();
        return (world, session, peer);
    }

    private void Start(MsrpSession session, string remoteMedia, SdpSetup setup)
    {
        MsrpNegotiation agreed = Agree(session, remoteMedia, setup);
        Loop.InTurn(() =>
        {
            session.Start(agreed, agreed.IsActive ? ServerAddress : null);
            return true;
        });
    }

    /// <summary>What offer and answer agree on when the peer wrote the given media.</summary>
    public static MsrpNegotiation Agree(MsrpSession session, string remoteMedia, SdpSetup setup)
    {
        string text = "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\n" + remoteMedia;
        SdpParser.Parse(Encoding.ASCII.GetBytes(text), new SdpOptions(), out SdpSession? sdp, out _).ShouldBe(SdpError.None);
        MsrpLocalMedia local = new() { Path = session.LocalPath, AcceptTypes = new MsrpAcceptTypes("*"), Setup = setup };
        MsrpOfferAnswer.AcceptAnswer(sdp!, local, MsrpPeerRequirements.None, out MsrpNegotiation? agreed).ShouldBe(MsrpRejection.None);
        return agreed!;
    }

    private MsrpEndpoint Make(MsrpOptions options, int seed, WireRecorder wire) => new(
        Loop,
        options,
        MsrpIdentifiers.FromSeed(seed),
        Network,
        new MsrpInstruments(_meter),
        Faults,
        wire);
}
