using System.Net;
using PosteRestante.Interop.Tests.Support;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Interop.Tests.Sipp;

/// <summary>sipp calls the Deferred Messaging Function; the MSRP half is ours, on the path that sipp was given.</summary>
public sealed class SippRetrievalTests
{
    private const string OwnPath = "msrp://127.0.0.1:9/sippsession1234567890;tcp";

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

        await ShouldBringAsync(sipp, folder, server, Arguments(server.Sip, "retrieve.xml", transport), "Message number 1 from sipp.");
    }

    [Theory]
    [InlineData("u1")]
    [InlineData("t1")]
    [Requirement("DM-12.1.1-1", "DM-12.1.1-1a", "DM-12.1.1-1c", "DM-12.2.1.1-1", "DM-12.2.1.1.2-2")]
    public async Task Sipp_CallsWithAListBesideTheOffer_GetsTheListedInItsOrder(string transport)
    {
        var sipp = Peers.Require("sipp");
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.PathOf("data"), ["--Identity:TrustedPeers:0=127.0.0.1"]);
        await Running.ToEndAsync(sipp, folder.Path, [.. Arguments(server.Sip, "deposit.xml", transport), "-m", "3", "-r", "1"]);
        var ids = (await Service.PullAsync(server, "bob")).ConvertAll(message => message.MessageId);
        ids.Count.ShouldBe(3);

        await ShouldBringAsync(
            sipp,
            folder,
            server,
            [.. Arguments(server.Sip, "retrieve-list.xml", transport), "-key", "first", ids[2], "-key", "second", ids[0]],
            "Message number 3 from sipp.",
            "Message number 1 from sipp.");
    }

    private static async Task ShouldBringAsync(
        string sipp, TemporaryFolder folder, ServerProcess server, string[] arguments, params string[] texts)
    {
        using var call = Running.Start(sipp, folder.Path, [.. arguments, "-trace_logs", "-log_file", "paths.log"]);
        var path = await PathAsync(folder.PathOf("paths.log"));
        using var msrp = new MsrpLine();
        await msrp.ConnectAsync(server.Msrp);
        await msrp.WriteAsync($"MSRP open1234 SEND\nTo-Path: {path}\nFrom-Path: {OwnPath}\nMessage-ID: open1234\nByte-Range: 1-0/0\n-------open1234$\n");
        var frames = (await msrp.ReadUntilAsync("--p--", texts.Length)).Split("MSRP ")[1..];
        frames[0].ShouldStartWith("open1234 200");
        frames.Length.ShouldBe(1 + texts.Length);
        foreach (var (frame, text) in frames[1..].Zip(texts))
        {
            frame.ShouldContain(text);
            var transaction = frame.Split(' ')[0];
            await msrp.WriteAsync($"MSRP {transaction} 200 OK\nTo-Path: {path}\nFrom-Path: {OwnPath}\n-------{transaction}$\n");
        }

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
}
