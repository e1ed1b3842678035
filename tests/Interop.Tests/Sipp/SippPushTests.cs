using PosteRestante.TestKit;

namespace PosteRestante.Interop.Tests.Sipp;

/// <summary>sipp as the user agent behind the next hop. The MSRP half is ours.</summary>
public sealed class SippPushTests
{
    private const string Text = "Message number 1 from sipp.";

    [Theory]
    [InlineData("u1", "push-taken.xml", 1, 0)]
    [InlineData("t1", "push-taken.xml", 1, 0)]
    [InlineData("u1", "push-taken.xml", 1, 2000)] // answered late, and in time
    [InlineData("u1", "push-interval.xml", 2, 0)]
    [InlineData("t1", "push-interval.xml", 2, 0)]
    [Requirement("DM-12.2.2.2-1", "DM-12.2.2.2-1f", "DM-12.2.2.2-1h", "DM-12.2.2.2-R2", "DM-12.2.2.5-3", "D1", "D11")]
    public async Task Sipp_TakesThePush_IsGivenAllAndNothingStays(string transport, string scenario, int calls, int ringing)
    {
        var sipp = Peers.Require("sipp");
        using var folder = new TemporaryFolder();
        await using var callee = await SippCallee.StartAsync(sipp, folder, transport, "00:00:30");

        using var called = await callee.ListenAsync(scenario, "-m", $"{calls}", "-d", $"{ringing}");
        callee.Publish();
        await callee.TakeMessageAsync(called, Text);
        await called.EndAsync(); // its scenario ends with the BYE of the service

        (await callee.PullAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("u1", "push-busy.xml")]
    [InlineData("t1", "push-busy.xml")]
    [InlineData("u1", "push-unfit.xml")]
    [InlineData("t1", "push-unfit.xml")]
    [InlineData("u1", "push-late.xml")]
    [InlineData("t1", "push-late.xml")]
    [InlineData("u1", "push-silent.xml")]
    [InlineData("t1", "push-silent.xml")]
    [InlineData("u1", "push-gone.xml")]
    [InlineData("t1", "push-gone.xml")]
    [Requirement("DM-12.2.2.2-1", "DM-12.2.2.2-R4")]
    public async Task Sipp_DoesNotTakeThePush_KeepsItsMessages(string transport, string scenario)
    {
        var sipp = Peers.Require("sipp");
        using var folder = new TemporaryFolder();
        await using var callee = await SippCallee.StartAsync(sipp, folder, transport, "00:00:01");

        using var called = await callee.ListenAsync(scenario, "-m", "1");
        callee.Publish();
        await called.EndAsync();

        (await callee.PullAsync()).ShouldHaveSingleItem().ShouldBe(Text);
    }
}
