using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace PosteRestante.Bench.Store;

/// <summary>Writes and reads small records by number; the key of each number looks like a message's, and can be told again.</summary>
internal sealed class RecordLoad(IGrainStorage storage)
{
    private const int Writers = 1024;
    private const int RecordBytes = 128;
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private readonly List<double> _latencies = [];
    private long _next;
    private long _end;

    /// <summary>Records that were read and not found as written.</summary>
    public long Missing { get; private set; }

    /// <summary>Writes the records of these numbers.</summary>
    public void Write(long from, long to)
    {
        (_next, _end) = (from, to);
        Pump(Writers, WriteAsync);
    }

    /// <summary>Reads <paramref name="count"/> of the first <paramref name="records"/>, in no order; returns the time it took.</summary>
    public TimeSpan Read(long records, int count, int inFlight)
    {
        _latencies.Clear();
        (_next, _end) = (0, count);
        var started = TimeProvider.System.GetTimestamp();
        Pump(inFlight, () => ReadAsync(records));
        return TimeProvider.System.GetElapsedTime(started);
    }

    /// <summary>Of the reads, in microseconds.</summary>
    public double Percentile(double share)
    {
        _latencies.Sort();
        return _latencies[(int)(share * (_latencies.Count - 1))];
    }

    private static void Pump(int count, Func<Task> run)
    {
        var thread = new Thread(() =>
        {
            var context = new PumpContext();
            SynchronizationContext.SetSynchronizationContext(context);
            context.RunUntil(Task.WhenAll(Enumerable.Range(0, count).Select(_ => run()).ToArray()));
        })
        { Name = "record load" };
        thread.Start();
        thread.Join();
    }

    private async Task WriteAsync()
    {
        while (_next < _end)
        {
            var number = _next++;
            await storage.WriteStateAsync("message", Grain(number), new GrainState<byte[]>(Octets(number)));
        }
    }

    private async Task ReadAsync(long records)
    {
        var state = new GrainState<byte[]>();
        while (_next < _end)
        {
            var number = (long)(Mix((ulong)_next++ + 77) % (ulong)records);
            var started = TimeProvider.System.GetTimestamp();
            await storage.ReadStateAsync("message", Grain(number), state);
            _latencies.Add(TimeProvider.System.GetElapsedTime(started).TotalMicroseconds);
            if (!state.RecordExists || BitConverter.ToInt64(state.State) != number)
            {
                Missing++;
            }
        }
    }

    private static byte[] Octets(long number)
    {
        var octets = new byte[RecordBytes];
        BitConverter.TryWriteBytes(octets, number);
        return octets;
    }

    private static GrainId Grain(long number) => GrainId.Create("deferredmessage", string.Create(26, (ulong)number, static (key, seed) =>
    {
        var bits = 0UL;
        for (var i = 0; i < key.Length; i++)
        {
            if (i % 12 == 0)
            {
                bits = Mix((seed * 3) + (ulong)(i / 12));
            }

            key[i] = "abcdefghijklmnopqrstuvwxyz234567"[(int)(bits & 31)];
            bits >>= 5;
        }
    }));

    // SplitMix64: one to one, so that no two numbers share a key.
    private static ulong Mix(ulong number)
    {
        number = unchecked(number * Golden);
        number = unchecked((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9);
        number = unchecked((number ^ (number >> 27)) * 0x94D049BB133111EB);
        return number ^ (number >> 31);
    }
}
