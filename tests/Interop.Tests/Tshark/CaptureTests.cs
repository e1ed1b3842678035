using System.Globalization;
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
        var ladder = "";
        var capture = await Capture.OfAsync(tshark, folder.Path, server, async () => ladder = await ActAsync(server));

        await ShouldShowAsync(capture, ladder);
        Notes.Say($"tshark: {(await capture.SipAsync()).Length} SIP messages, {(await capture.SdpMediaAsync()).Length} SDP bodies, {(await capture.MsrpAsync()).Length} MSRP frames, none malformed");

        // A reader that finds nothing wrong with anything would prove nothing: the same check fails on each of these.
        (string Text, string Spoilt)[] faults =
        [
            ("SIP/2.0 202", "SXP/2.0 202"),
            ("MESSAGE sip:bob", "MASSAGE sip:bob"),
            ("\r\nm=message", "\r\nx=message"),
            (" SEND\r\nTo-Path", " 5END\r\nTo-Path"),
            (" 200 OK\r\nTo-Path", " 2OO OK\r\nTo-Path"),
            ("\r\nMSRP ", "\r\nMSPR "), // not the first of its segment
            ("/0\r\n-------", "/0\r\n------x"),
        ];
        foreach (var (text, spoilt) in faults)
        {
            var spoiltCapture = await capture.SpoiltAsync(text, spoilt);
            (await Record.ExceptionAsync(() => ShouldShowAsync(spoiltCapture, ladder))).ShouldBeOfType<ShouldAssertException>($"'{spoilt}' was not noticed");
        }
    }

    [Fact]
    [Requirement("DM-12.1.1-1", "DM-12.1.1-1c")]
    public async Task Tshark_ReadsARetrievalByList_FindsTheOfferAndTheListInTheInvite()
    {
        var tshark = Peers.Require("tshark");
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.PathOf("data"));
        await ActAsync(server);
        await ActAsync(server);
        var ids = (await Service.PullAsync(server, "bob")).Select(message => message.MessageId).Reverse().ToArray();
        ids.Length.ShouldBeGreaterThan(1);

        var capture = await Capture.OfAsync(tshark, folder.Path, server, async () => await Service.PullAsync(server, "bob", ids));

        var parts = await capture.PartsAsync();
        parts.ShouldContain(part => part.Contains("application/sdp", StringComparison.Ordinal));
        parts.ShouldContain(part => part.Contains("application/resource-lists+xml", StringComparison.Ordinal));
        parts.Where(part => part.StartsWith("uri=", StringComparison.Ordinal)).Distinct().ShouldBe(ids.Select(id => $"uri=\"{id}\""));
        (await capture.NotMsrpAsync()).ShouldBeEmpty();
        (await capture.MalformedAsync()).ShouldBeEmpty();
    }

    [Fact]
    [Requirement("DM-12.2.2.2-1", "DM-12.2.2.2-1f", "DM-12.2.2.2-1g.ii", "DM-12.2.2.5-1", "DM-12.2.2.5-3")]
    public async Task Tshark_ReadsAPush_FindsTheInviteOfTheServiceAndEveryFrameOfIt()
    {
        const int Messages = 3;
        var tshark = Peers.Require("tshark");
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.PathOf("data"));
        var capture = await Capture.OfAsync(tshark, folder.Path, server, async () =>
        {
            for (var number = 0; number < Messages; number++)
            {
                await Service.SendAsync(server, "alice", "bob", $"pushed {number}");
            }

            (await Service.StayOnlineAsync(server, "bob", Messages)).Count.ShouldBe(Messages);
        });

        var invite = (await capture.FieldsAsync(
            "sip.Method == \"INVITE\"",
            "sip.from.user",
            "sip.Session-Expires",
            "sip.Accept-Contact",
            "sdp.media_attr")).Single();
        invite[0].ShouldBe("Deferred");
        invite[1].ShouldContain("refresher=uac");
        invite[2].ShouldContain("+g.oma.sip-im");
        invite[3].ShouldContain("setup:actpass");
        invite[3].ShouldContain("sendonly");
        (await capture.SipAsync()).Count(static word => word is "INVITE" or "ACK" or "BYE").ShouldBeGreaterThanOrEqualTo(3);
        (await capture.MsrpAsync()).Count(static word => word == "SEND").ShouldBe(Messages + 1); // the first one opens the session
        (await capture.NotMsrpAsync()).ShouldBeEmpty();
        (await capture.MalformedAsync()).ShouldBeEmpty();
    }

    private static async Task ShouldShowAsync(Capture capture, string ladder)
    {
        var sip = Drawn(ladder, isMsrp: false);
        (await capture.SipAsync()).Order(StringComparer.Ordinal).ShouldBe(sip);
        (await capture.MsrpAsync()).Order(StringComparer.Ordinal).ShouldBe(Drawn(ladder, isMsrp: true));

        // Each INVITE carries an offer, and the 200 to it an answer.
        var accepted = await capture.FieldsAsync("sip.Status-Code == 200 && sip.CSeq.method == \"INVITE\"", "sip.Call-ID");
        (await capture.SdpMediaAsync()).Length.ShouldBe(sip.Count(word => word == "INVITE") + accepted.Length);
        (await capture.NotMsrpAsync()).ShouldBeEmpty();
        (await capture.MalformedAsync()).ShouldBeEmpty();
    }

    private static async Task<string> ActAsync(ServerProcess server)
    {
        var story = new StringWriter(CultureInfo.InvariantCulture);
        var scenario = new DemoScenario(
            Service.ClientOf(server),
            story,
            showsWire: false,
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
            TimeProvider.System,
            System.Security.Cryptography.RandomNumberGenerator.Fill);
        using var patience = new CancellationTokenSource(Polling.Patience, TimeProvider.System);
        (await scenario.RunAsync(patience.Token)).ShouldBeTrue(story.ToString());
        return story.ToString();
    }

    /// <returns>The method or status code of each frame that the ladder shows.</returns>
    private static string[] Drawn(string ladder, bool isMsrp) =>
    [
        .. LadderLine().Matches(ladder)
            .Where(line => line.Groups["msrp"].Success == isMsrp)
            .Select(line => line.Groups["word"].Value)
            .Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"│(── |◀─+ )(?<msrp>MSRP )?(?<word>\S+)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex LadderLine();
}
