using System.Net;
using System.Net.Sockets;
using System.Text;
using PosteRestante.Interop.Tests.Support;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Interop.Tests.Sipp;

/// <summary>sipp calls the Deferred Messaging Function; the MSRP half is ours, on the path that sipp was given.</summary>
public sealed class SippRetrievalTests
{
    private const string OwnPath = "msrp://127.0.0.1:9/sippsession1234567890;tcp";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("u1")]
    [InlineData("t1")]
    [Requirement("DM-12.2.1-R1", "DM-12.2.2.5-3", "DM-12.2.1.1.2-4")]
    public async Task Sipp_CallsTheFunction_GetsItsAnswerAndItsBye(string transport)
    {
        var sipp = Peers.Require("sipp");
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.PathOf("data"), ["--Identity:TrustedPeers:0=127.0.0.1"]);
        await Running.ToEndAsync(sipp, folder.Path, Arguments(server.Sip, "deposit.xml", transport));

        using var call = Running.Start(
            sipp, folder.Path, [.. Arguments(server.Sip, "retrieve.xml", transport), "-trace_logs", "-log_file", "paths.log"]);
        var path = await PathAsync(folder.PathOf("paths.log"));
        using var msrp = new TcpClient();
        await msrp.ConnectAsync(IPAddress.Loopback, server.Msrp.Port);
        await WriteAsync(msrp, $"MSRP open1234 SEND\nTo-Path: {path}\nFrom-Path: {OwnPath}\nMessage-ID: open1234\nByte-Range: 1-0/0\n-------open1234$\n");
        var frames = await ReadUntilAsync(msrp, "--p--");
        frames.ShouldContain("MSRP open1234 200");
        frames.ShouldContain("Message number 1 from sipp.");
        var transaction = frames.Split("MSRP ")[2].Split(' ')[0];
        await WriteAsync(msrp, $"MSRP {transaction} 200 OK\nTo-Path: {path}\nFrom-Path: {OwnPath}\n-------{transaction}$\n");

        await call.EndAsync(); // its scenario ends with the BYE of the service
    }

    private static string[] Arguments(IPEndPoint server, string scenario, string transport) =>
    [
        server.ToString(), "-sf", Path.Combine(AppContext.BaseDirectory, "Sipp/scenarios", scenario),
        "-t", transport, "-i", "127.0.0.1", "-m", "1", "-nostdin", "-timeout", "60",
    ];

    private static async Task<string> PathAsync(string log)
    {
        await Polling.UntilAsync(() => File.Exists(log) && File.ReadAllText(log).Contains("tcp", StringComparison.Ordinal), "the path in sipp's log");
        return (await File.ReadAllTextAsync(log)).Trim();
    }

    private static async Task WriteAsync(TcpClient msrp, string text) =>
        await msrp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text.ReplaceLineEndings("\r\n")));

    private static async Task<string> ReadUntilAsync(TcpClient msrp, string end)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var text = new StringBuilder();
        var octets = new byte[65536];
        while (!text.ToString().Contains(end, StringComparison.Ordinal))
        {
            text.Append(Encoding.Latin1.GetString(octets, 0, await msrp.GetStream().ReadAsync(octets, patience.Token)));
        }

        return text.ToString();
    }
}
