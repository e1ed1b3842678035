using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PosteRestante.Client.Demo;
using PosteRestante.Interop.Tests.Support;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Interop.Tests.Tshark;

/// <summary>tshark, told which ports are MSRP, reads every frame of the demo, and calls none malformed.</summary>
public sealed partial class CaptureTests
{
    [Fact]
    [Requirement("DM-12.2.2.5-1", "DM-12.2.1-R5")]
    public async Task Tshark_ReadsTheDemo_FindsEveryFrameOfTheLadderAndNoneMalformed()
    {
        var tshark = Peers.Require("tshark");
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.PathOf("data"));
        var capture = folder.PathOf("demo.pcap");
        var ladder = await CaptureDemoAsync(tshark, folder.Path, capture, server);

        var seen = await ReadAsync(tshark, folder.Path, capture, server);

        Count(seen, "sip").ShouldBe(LadderCount(ladder, isMsrp: false));
        var segments = await MsrpSegmentsAsync(tshark, folder.Path, capture, server);
        Count(seen, "msrp").ShouldBe(segments.Count); // its dissector shows one tree a segment, however many frames that holds
        CountFrames(segments).ShouldBe(LadderCount(ladder, isMsrp: true));
        Count(seen, "sdp").ShouldBeGreaterThanOrEqualTo(4); // each INVITE of the story carries an offer, each 200 an answer
        seen.ShouldNotContain("_ws.malformed");

        // A reader that finds nothing wrong with anything would prove nothing: the first start line is spoilt.
        await File.WriteAllBytesAsync(capture, Spoil(await File.ReadAllBytesAsync(capture)));
        CountFrames(await MsrpSegmentsAsync(tshark, folder.Path, capture, server)).ShouldBe(LadderCount(ladder, isMsrp: true) - 1);
    }

    private static async Task<string> CaptureDemoAsync(string tshark, string folder, string capture, ServerProcess server)
    {
        using var capturing = Running.Start(
            tshark, folder, "-q", "-i", "lo", "-F", "pcap", "-w", capture, "-f", $"port {server.Sip.Port} or port {server.Msrp.Port}");
        await WaitForFileAsync(capture);
        var story = new StringWriter(CultureInfo.InvariantCulture);
        var scenario = new DemoScenario(
            Service.ClientOf(server),
            story,
            showsWire: false,
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
            TimeProvider.System,
            System.Security.Cryptography.RandomNumberGenerator.Fill);
        (await scenario.RunAsync(CancellationToken.None)).ShouldBeTrue(story.ToString());
        await WaitUntilQuietAsync(capture);
        await capturing.InterruptAsync();
        return story.ToString();
    }

    private static Task<string> ReadAsync(string tshark, string folder, string capture, ServerProcess server) => Running.ToEndAsync(
        tshark,
        folder,
        "-r",
        capture,
        "-d",
        $"tcp.port=={server.Msrp.Port},msrp",
        "-d",
        $"tcp.port=={server.Sip.Port},sip",
        "-d",
        $"udp.port=={server.Sip.Port},sip",
        "-T",
        "pdml");

    // The payloads on the MSRP port, in order, with the port each came from.
    private static async Task<List<(string Port, string Text)>> MsrpSegmentsAsync(
        string tshark, string folder, string capture, ServerProcess server)
    {
        var fields = await Running.ToEndAsync(
            tshark, folder, "-r", capture, "-Y", $"tcp.port=={server.Msrp.Port} && tcp.len>0", "-T", "fields", "-e", "tcp.srcport", "-e", "tcp.payload");
        return
        [
            .. fields.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('\t'))
                .Select(columns => (columns[0], Encoding.Latin1.GetString(Convert.FromHexString(columns[1].Replace(":", "", StringComparison.Ordinal))))),
        ];
    }

    private static int CountFrames(List<(string Port, string Text)> segments) => segments
        .GroupBy(segment => segment.Port, segment => segment.Text)
        .Sum(direction => StartLine().Count(string.Concat(direction)));

    private static int Count(string pdml, string protocol) =>
        pdml.Split($"<proto name=\"{protocol}\"").Length - 1;

    private static int LadderCount(string ladder, bool isMsrp) => ladder.Split('\n')
        .Count(line => line.Contains('│', StringComparison.Ordinal) && line.Contains("MSRP ", StringComparison.Ordinal) == isMsrp);

    [GeneratedRegex(@"(\A|[$+#]\r\n)MSRP \S+ (SEND|REPORT|\d{3})", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex StartLine();

    private static byte[] Spoil(byte[] capture)
    {
        var at = capture.AsSpan().IndexOf(" SEND\r\nTo-Path"u8);
        at.ShouldBeGreaterThan(0);
        capture[at + 1] = (byte)'5';
        return capture;
    }

    private static async Task WaitForFileAsync(string file)
    {
        while (!File.Exists(file) || new FileInfo(file).Length < 24)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    // The capture reaches the file in batches; what it holds is whole once it has stopped growing for a while.
    private static async Task WaitUntilQuietAsync(string file)
    {
        var before = -1L;
        while (new FileInfo(file).Length is var now && (now != before || now <= 24))
        {
            before = now;
            await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System);
        }
    }
}
