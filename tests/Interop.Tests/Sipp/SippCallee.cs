using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PosteRestante.Interop.Tests.Support;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Interop.Tests.Sipp;

/// <summary>A user with one message waiting, whose user agent is sipp behind the next hop of the service.</summary>
internal sealed class SippCallee : IAsyncDisposable
{
    private const string OwnPath = "msrp://127.0.0.1:9/sippsession1234567890;tcp"; // as the scenarios answer
    private const string Settings = "<deferred-settings><offline-delivery active=\"true\"/></deferred-settings>";

    private readonly UdpClient _core = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly string _sipp;
    private readonly TemporaryFolder _folder;
    private readonly string _transport;
    private readonly int _port;
    private readonly ServerProcess _server;
    private int _publications;

    /// <summary>The user agent of a user of a service that runs; it ends with this.</summary>
    public SippCallee(string sipp, TemporaryFolder folder, string transport, int port, ServerProcess server)
    {
        (_sipp, _folder, _transport, _port, _server) = (sipp, folder, transport, port, server);
    }

    private string PathFile => _folder.PathOf("path.log");

    /// <summary>Starts the service, and leaves a message for the user.</summary>
    /// <param name="sipp">The program.</param>
    /// <param name="folder">A folder of the test.</param>
    /// <param name="transport">Sipp's name for a transport.</param>
    /// <param name="answerWait">How long the service lets it ring, and waits for MSRP.</param>
    public static async Task<SippCallee> StartAsync(string sipp, TemporaryFolder folder, string transport, string answerWait)
    {
        var port = Ports.Free();
        var name = transport[0] == 't' ? "tcp" : "udp";
        var server = await ServerProcess.StartAsync(
            folder.PathOf("data"),
            [
                "--Identity:TrustedPeers:0=127.0.0.1",
                $"--Routing:NextHop=sip:127.0.0.1:{port};transport={name}",
                $"--Push:AnswerWait={answerWait}",
                $"--Msrp:FirstSendTimeout={answerWait}",
            ]);
        var callee = new SippCallee(sipp, folder, transport, port, server);
        await Running.ToEndAsync(sipp, folder.Path, [server.Sip.ToString(), .. callee.Arguments("deposit.xml"), "-m", "1"]);
        return callee;
    }

    /// <summary>Starts sipp with a scenario, and waits until it listens.</summary>
    public async Task<Running> ListenAsync(string scenario, params string[] arguments)
    {
        var sipp = Running.Start(_sipp, _folder.Path, [.. Arguments(scenario), "-p", $"{_port}", .. arguments]);
        await sipp.UntilAsync(() => Ports.IsTaken(_port, _transport[0] == 't'), "sipp listens");
        return sipp;
    }

    /// <summary>The core says that the user is back.</summary>
    public void Publish()
    {
        var mark = string.Create(CultureInfo.InvariantCulture, $"{((IPEndPoint)_core.Client.LocalEndPoint!).Port}p{++_publications}");
        var publish = $"PUBLISH sip:bob@localhost SIP/2.0\nVia: SIP/2.0/UDP {_core.Client.LocalEndPoint};branch=z9hG4bK{mark};rport\n"
            + $"Max-Forwards: 70\nFrom: <sip:bob@localhost>;tag={mark}\nTo: <sip:bob@localhost>\nCall-ID: {mark}@core\nCSeq: 1 PUBLISH\n"
            + "Event: im-settings\nP-Asserted-Identity: <sip:bob@localhost>\nContent-Type: application/im-settings+xml\n"
            + string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Settings.Length}\n\n{Settings}");
        _core.Send(Encoding.ASCII.GetBytes(publish.ReplaceLineEndings("\r\n")), _server.Sip);
    }

    /// <summary>Opens the MSRP session that sipp was offered, and takes the one message that must come.</summary>
    public async Task TakeMessageAsync(Running called, string text)
    {
        await called.UntilAsync(() => File.Exists(PathFile) && File.ReadAllText(PathFile).EndsWith("tcp\n", StringComparison.Ordinal), "the path that sipp was offered");
        var path = (await File.ReadAllTextAsync(PathFile)).Trim();
        using var msrp = new MsrpLine();
        await msrp.ConnectAsync(_server.Msrp);
        await msrp.WriteAsync($"MSRP open1234 SEND\nTo-Path: {path}\nFrom-Path: {OwnPath}\nMessage-ID: open1234\nByte-Range: 1-0/0\n-------open1234$\n");
        var frames = (await msrp.ReadUntilAsync("--p--", 1)).Split("MSRP ");
        frames[1].ShouldStartWith("open1234 200");
        frames[2].ShouldContain(text);
        var transaction = frames[2].Split(' ')[0];
        await msrp.WriteAsync($"MSRP {transaction} 200 OK\nTo-Path: {path}\nFrom-Path: {OwnPath}\n-------{transaction}$\n");
    }

    /// <summary>What is left, collected by the user himself.</summary>
    public async Task<List<string>> PullAsync() =>
        (await Service.PullAsync(_server, "bob", orNothing: true)).ConvertAll(message => Encoding.UTF8.GetString(message.Body.Span));

    public async ValueTask DisposeAsync()
    {
        _core.Dispose();
        await _server.DisposeAsync();
    }

    private string[] Arguments(string scenario) =>
    [
        "-sf", Path.Combine(AppContext.BaseDirectory, "Sipp/scenarios", scenario),
        "-t", _transport, "-i", "127.0.0.1", "-nostdin", "-timeout", "60",
    ];
}
