using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Functional.Tests.Durability;

/// <summary>
/// No 202 precedes its sync, by the kernel's word: the real service under strace. <see cref="SyncTests"/> holds the order in
/// which the store answers; only here it shows whether anything was synced at all.
/// </summary>
public sealed class SystemCallTests : IDisposable
{
    private const string Write = "pwrite64(9</d/journal-001.db-wal>, \"\\0traced-1\\r\\n\", 9, 0";
    private const string Sync = "fsync(9</d/journal-001.db-wal>";
    private const string Answer = "sendmsg(8<socket:[1]>, {msg_iov=[{iov_base=\"SIP/2.0 202 Accepted\\r\\nCall-ID: traced-1\\r\\n\"}]}, 0) = 400";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("tracedalone", 1, 60)]
    [InlineData("tracedmany", 16, 200)]
    [Requirement("D9", "DM-12.2.2.3-1")]
    public async Task Deposit_UnderStrace_EveryAnswerFollowsTheSyncsThatCoverIt(string name, int window, int deposits)
    {
        var strace = Peers.Require("strace");
        var calls = _folder.PathOf("calls");
        await using (var server = await ServerProcess.StartAsync(
            _folder.PathOf("data"),
            under: [strace, "-D", "-f", "-y", "-s", "20000", "-e", $"trace={SystemCallLog.Calls}", "-e", "signal=none", "-o", calls]))
        {
            await using (var load = new DepositLoad(server.Sip, ["alice", "bob"], name, window))
            {
                await load.WhenAcknowledged(deposits);
                load.MakeNoMore();
                await load.WhenAnsweredAsync();
                load.Refusals.ShouldBeEmpty();
            }

            server.Stop();
            (await server.WaitForExitAsync()).ShouldBe(0); // strace holds the output open, so its log is whole by now
        }

        var log = SystemCallLog.Read(File.ReadLines(calls), name);
        Notes.Say($"strace, {window} in flight: {log.Answered.Count} deposits answered, {log.Syncs} syncs of the journal, {log.Early.Count} answers early");
        log.Early.Take(3).ShouldBeEmpty($"{log.Early.Count} answers are early");
        log.Answered.Count.ShouldBeGreaterThanOrEqualTo(deposits);
        if (window == 1)
        {
            log.Syncs.ShouldBeGreaterThanOrEqualTo(2 * log.Answered.Count); // nothing to share a sync with
        }
    }

    [Fact]
    public void Read_WriteSyncWriteSyncAnswer_IsInOrder() =>
        Judge([$"1 {Write}) = 9", $"1 {Sync}) = 0", $"1 {Write}) = 9", $"1 {Sync}) = 0", $"2 {Answer}"]).ShouldBeEmpty();

    [Fact]
    public void Read_NoSync_IsEarly() =>
        Judge([$"1 {Write}) = 9", $"1 {Write}) = 9", $"2 {Answer}"]).ShouldBe(["traced-1: its message was not synced"]);

    [Fact]
    public void Read_OnlyTheMessageIsSynced_IsEarly() =>
        Judge([$"1 {Write}) = 9", $"1 {Sync}) = 0", $"1 {Write}) = 9", $"2 {Answer}"])
            .ShouldBe(["traced-1: nothing was synced after its message"]);

    [Fact]
    public void Read_SyncHasNotReturned_IsEarly() =>
        Judge([$"1 {Write}) = 9", $"1 {Sync} <unfinished ...>", $"2 {Answer}", "1 <... fsync resumed>) = 0"]).ShouldHaveSingleItem();

    [Fact]
    public void Read_SyncBeganBeforeTheWriteEnded_DoesNotCoverIt() =>
        Judge([$"1 {Write} <unfinished ...>", $"3 {Sync} <unfinished ...>", "1 <... pwrite64 resumed>) = 9", "3 <... fsync resumed>) = 0", $"2 {Answer}"])
            .ShouldBe(["traced-1: its message was not synced"]);

    [Fact]
    public void Read_SyncFailed_DoesNotCount() =>
        Judge([$"1 {Write}) = 9", $"1 {Sync}) = -1 EIO (Input/output error)", $"2 {Answer}"]).ShouldHaveSingleItem();

    private static IReadOnlyList<string> Judge(string[] lines)
    {
        var log = SystemCallLog.Read(lines, "traced");
        log.Answered.ShouldBe(["traced-1"]);
        return log.Early;
    }
}
