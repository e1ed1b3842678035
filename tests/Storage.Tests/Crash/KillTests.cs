using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Orleans.Storage;
using PosteRestante.Storage.Sqlite;
using PosteRestante.TestKit;

namespace PosteRestante.Storage.Tests.Crash;

/// <summary>A real process, a real SIGKILL, writes in flight: what was acknowledged is there, once.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Depositors = 48;
    private const int Kills = 6;

    [Fact]
    public async Task Kill_UnderLoad_KeepsEveryAcknowledgedWrite()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(20_261_122);
        var begun = new Dictionary<int, int>();
        var history = new List<(int Depositor, int First, int Last)>();
        int firstTurn = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            using var child = new ChildProcess(folder.Path, Depositors, firstTurn);
            child.KillAfter(random.Next(200, 3000));
            output.WriteLine($"kill {kill}: {child.Acknowledgements} acknowledged, {child.InFlight} in flight");
            child.InFlight.ShouldBeGreaterThan(0);
            history.AddRange(child.Acknowledged.Select(last => (last.Key, firstTurn, last.Value)));
            await VerifyAsync(folder.Path, child, history);
            firstTurn = child.Begun.Values.Max() + 1;
        }

        VerifyOnce(folder.Path);
    }

    private static async Task VerifyAsync(string folder, ChildProcess child, List<(int Depositor, int First, int Last)> history)
    {
        await using var store = SqliteStore.Open(DepositChild.Options(folder), TimeProvider.System, NullLogger<SqliteStore>.Instance);
        IGrainStorage storage = store.CreateGrainStorage(new OctetSerializer());
        foreach ((int depositor, int first, int last) in history)
        {
            for (int turn = first; turn <= last; turn++)
            {
                var message = new GrainState<byte[]>();
                await storage.ReadStateAsync("message", DepositChild.Message(depositor, turn), message);
                message.State.ShouldBe(DepositChild.MessageContent(depositor, turn), $"message of depositor {depositor}, turn {turn}");
            }
        }

        foreach ((int depositor, int last) in child.Acknowledged)
        {
            var head = new GrainState<byte[]>();
            await storage.ReadStateAsync("head", DepositChild.Mailbox(depositor), head);
            int turn = DepositChild.HeadTurn(head.State!);
            turn.ShouldBeInRange(last, child.Begun[depositor], $"head of depositor {depositor}");
            head.State.ShouldBe(DepositChild.HeadContent(turn));
        }
    }

    private static void VerifyOnce(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, SqliteTables.FileName)};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            "SELECT count(*) FROM (SELECT name FROM records UNION ALL SELECT name FROM rewritten) GROUP BY name HAVING count(*) > 1 LIMIT 1";
        command.ExecuteScalar().ShouldBeNull();
        command.CommandText = "PRAGMA integrity_check";
        command.ExecuteScalar().ShouldBe("ok");
    }
}
