using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace PosteRestante.Bench.Store;

/// <summary>Depositors on one thread, as on one shard: each writes a message record, then a head, again and again.</summary>
internal sealed class DepositLoad(IGrainStorage storage, int users, int seed)
{
    private const int HeadBase = 256;
    private const int HeadEntry = 110;
    private const int HeadEntries = 32;
    private const int MessageBytes = 1024;
    private readonly Random _random = new(seed);
    private readonly List<double> _latencies = [];
    private readonly GrainState<byte[]>?[] _heads = new GrainState<byte[]>[users];
    private readonly int[] _deposits = new int[users];
    private readonly GrainId[] _mailboxes =
        [.. Enumerable.Range(0, users).Select(user => GrainId.Create("usermailbox", $"s.user{user}.example.org"))];

    private readonly byte[] _content = new byte[8192];
    private long _end;
    private long _limit;

    public long Deposits { get; private set; }

    public void Run(int inFlight, TimeSpan time, long limit)
    {
        _random.NextBytes(_content);
        _end = TimeProvider.System.GetTimestamp() + (long)(time.TotalSeconds * TimeProvider.System.TimestampFrequency);
        _limit = limit;
        var thread = new Thread(() => Pump(inFlight)) { Name = "deposit load" };
        thread.Start();
        thread.Join();
    }

    /// <summary>User and system time of the depositors' own thread, in microseconds.</summary>
    public double DriverTime { get; private set; }

    public double Percentile(double share)
    {
        _latencies.Sort();
        return _latencies[(int)(share * (_latencies.Count - 1))];
    }

    private void Pump(int inFlight)
    {
        var context = new PumpContext();
        SynchronizationContext.SetSynchronizationContext(context);
        Task[] depositors = [.. Enumerable.Range(0, inFlight).Select(index => DepositAsync(index, inFlight))];
        context.RunUntil(Task.WhenAll(depositors));
        DriverTime = ThreadTimes.Read().Of("deposit load");
    }

    private async Task DepositAsync(int depositor, int stride)
    {
        while (TimeProvider.System.GetTimestamp() < _end && Deposits < _limit)
        {
            long started = TimeProvider.System.GetTimestamp();
            var message = new GrainState<byte[]>(_content[..MessageBytes]);
            await storage.WriteStateAsync("message", GrainId.Create("deferredmessage", RandomKey()), message);
            int user = depositor + (stride * _random.Next((users - depositor + stride - 1) / stride));
            await WriteHeadAsync(user);
            _latencies.Add(TimeProvider.System.GetElapsedTime(started).TotalMicroseconds);
            Deposits++;
        }
    }

    private async Task WriteHeadAsync(int user)
    {
        GrainState<byte[]>? head = _heads[user];
        if (head is null)
        {
            head = new GrainState<byte[]>();
            await storage.ReadStateAsync("head", _mailboxes[user], head);
            _heads[user] = head;
        }

        head.State = _content[..(HeadBase + (HeadEntry * (_deposits[user]++ % HeadEntries)))];
        await storage.WriteStateAsync("head", _mailboxes[user], head);
    }

    private string RandomKey() => string.Create(26, _random, static (key, random) =>
    {
        foreach (ref char letter in key)
        {
            letter = "abcdefghijklmnopqrstuvwxyz234567"[random.Next(32)];
        }
    });
}
