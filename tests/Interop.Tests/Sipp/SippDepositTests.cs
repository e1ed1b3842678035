using System.Globalization;
using PosteRestante.Interop.Tests.Support;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Interop.Tests.Sipp;

/// <summary>sipp deposits; each message arrives once, although each was sent twice.</summary>
public sealed class SippDepositTests
{
    private const int Calls = 200;

    [Theory]
    [InlineData("u1")]
    [InlineData("t1")]
    [Requirement("D9", "DM-12.2.2.3-1")]
    public async Task Sipp_DepositsWithRetransmissions_EachIsStoredOnce(string transport)
    {
        var sipp = Peers.Require("sipp");
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.PathOf("data"));

        await Running.ToEndAsync(
            sipp,
            folder.Path,
            server.Sip.ToString(),
            "-sf",
            Path.Combine(AppContext.BaseDirectory, "Sipp/scenarios/deposit.xml"),
            "-t",
            transport,
            "-i",
            "127.0.0.1",
            "-m",
            Calls.ToString(CultureInfo.InvariantCulture),
            "-r",
            "200",
            "-nostdin",
            "-timeout",
            "60");

        var messages = await Service.PullAsync(server, "bob");
        messages.Select(message => message.Subject).Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(1, Calls).Select(number => $"number {number}").Order(StringComparer.Ordinal));
        messages.Select(message => message.MessageId).Distinct().Count().ShouldBe(Calls);
    }
}
