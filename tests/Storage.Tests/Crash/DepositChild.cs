using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using PosteRestante.Storage.Sqlite;

namespace PosteRestante.Storage.Tests.Crash;

/// <summary>
/// The process that the crash tests kill. Depositors write a message record, then their head, and say on standard
/// output what they began (<c>S depositor turn</c>) and what was acknowledged (<c>A depositor turn</c>).
/// </summary>
internal static class DepositChild
{
    public const string Verb = "--store-child";

    /// <summary>Exit code when the store did not open; the reason is on standard error.</summary>
    public const int NotOpened = 3;

    private static readonly Lock Gate = new();

    /// <summary>Arguments: the folder, the number of depositors, the turn they begin at, the turn they end before.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        int depositors = int.Parse(args[1], CultureInfo.InvariantCulture);
        int firstTurn = int.Parse(args[2], CultureInfo.InvariantCulture);
        int endTurn = int.Parse(args[3], CultureInfo.InvariantCulture);
        SqliteStore store;
        try
        {
            store = SqliteStore.Open(Options(args[0]), TimeProvider.System, NullLogger<SqliteStore>.Instance);
        }
        catch (StorageFailureException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return NotOpened;
        }

        IGrainStorage storage = store.CreateGrainStorage(new OctetSerializer());
        await Task.WhenAll(Enumerable.Range(0, depositors).Select(depositor => DepositAsync(storage, depositor, firstTurn, endTurn)));
        await store.DisposeAsync();
        return 0;
    }

    /// <summary>Small rounds, segments and runs, so that a kill meets each of them under way.</summary>
    public static SqliteStoreOptions Options(string folder)
    {
        var options = new SqliteStoreOptions { Folder = folder, SegmentBytes = 256 * 1024, RecentKeys = 500 };
        options.Limits.RoundBytes = 128 * 1024;
        options.Limits.SyncBytes = 512 * 1024;
        options.Limits.RememberedVersions = 16;
        return options;
    }

    public static GrainId Mailbox(int depositor) => GrainId.Create("mailbox", $"s.user-{depositor}");

    public static GrainId Message(int depositor, int turn) => GrainId.Create("message", $"m-{depositor}-{turn}");

    /// <summary>About 1 KB that only this message has.</summary>
    public static byte[] MessageContent(int depositor, int turn)
    {
        byte[] content = new byte[1024];
        new Random((depositor * 1_000_003) + turn).NextBytes(content);
        return content;
    }

    /// <summary>A head says which turn wrote it, and varies in size.</summary>
    public static byte[] HeadContent(int turn) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{turn}:").PadRight(64 + (turn * 37 % 3000), 'h'));

    public static int HeadTurn(byte[] head) =>
        int.Parse(head.AsSpan(0, head.AsSpan().IndexOf((byte)':')), CultureInfo.InvariantCulture);

    private static async Task DepositAsync(IGrainStorage storage, int depositor, int firstTurn, int endTurn)
    {
        var head = new GrainState<byte[]>();
        await storage.ReadStateAsync("head", Mailbox(depositor), head);
        for (int turn = firstTurn; turn < endTurn; turn++)
        {
            Say('S', depositor, turn);
            await storage.WriteStateAsync("message", Message(depositor, turn), new GrainState<byte[]>(MessageContent(depositor, turn)));
            head.State = HeadContent(turn);
            await storage.WriteStateAsync("head", Mailbox(depositor), head);
            Say('A', depositor, turn);
        }
    }

    /// <summary>Straight to the descriptor, so that a kill cannot swallow an acknowledgement that was given.</summary>
    private static void Say(char what, int depositor, int turn)
    {
        byte[] line = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{what} {depositor} {turn}\n"));
        lock (Gate)
        {
            StandardOutput.Write(line);
        }
    }
}
