using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Transports;
using PosteRestante.SipStack.Tests.Sip.Support;
using static PosteRestante.SipStack.Tests.Sip.Support.TestMessages;

namespace PosteRestante.SipStack.Tests.Sip.Transactions;

public sealed class HotPathTests
{
    // A transaction, its key, its tag, its response, and their timer: some 900 octets.
    private const int BudgetBytes = 1200;

    [Fact]
    public void Message_FromParsedToAnswered_StaysWithinItsAllocationBudget()
    {
        const int WarmUp = 5000; // the table of what is completed has then the size that it needs
        const int Count = 2000;
        using var meter = new Meter("test");
        var sink = new SinkTransport();
        var loop = new SimulatedLoop();
        var endpoint = new SipEndpoint(loop, new SipEndpointOptions(), new SipInstruments(meter), SipIdentifiers.FromSeed(1), NullLoggerFactory.Instance);
        endpoint.Dialogs.User = new TestApplication { HandleRequest = static t => t.Respond(202) };
        endpoint.Transports.Add(sink);
        var flow = new SipFlow(SipTransportKind.Udp, TestStack.Us, TestStack.Them);
        var warmUp = Messages("a", WarmUp);
        var measured = Messages("b", Count);
        foreach (var message in warmUp)
        {
            endpoint.Transports.Receive(flow, message, default, 0);
        }

        loop.Advance(TimeSpan.FromSeconds(40)); // timer J has fired for all of them
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var message in measured)
        {
            endpoint.Transports.Receive(flow, message, default, 0);
        }

        ((GC.GetAllocatedBytesForCurrentThread() - before) / Count).ShouldBeLessThan(BudgetBytes);
        sink.Sent.ShouldBe(WarmUp + Count);
    }

    private static List<SipMessage> Messages(string run, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Parse(Octets(Request("MESSAGE", branch: $"z9hG4bK{run}{i}", callId: $"{run}{i}"))))];
}
