using System.Globalization;

namespace PosteRestante.Bench.Deposit.Load;

/// <summary>What came of a load.</summary>
internal sealed class LoadOutcome(int capacity)
{
    private readonly List<float> _milliseconds = new(capacity);
    private readonly List<int> _acknowledged = new(capacity);

    /// <summary>The messages answered with a 2xx, in the order of the answers.</summary>
    public IReadOnlyList<int> Acknowledged => _acknowledged;

    /// <summary>Messages answered with something else, or given up.</summary>
    public long Refused { get; private set; }

    /// <summary>The status of the last of these.</summary>
    public int LastRefusal { get; private set; }

    /// <summary>Messages sent again.</summary>
    public long Retransmissions { get; set; }

    /// <summary>Messages sent, repeats not counted.</summary>
    public int Sent { get; set; }

    /// <summary>From the start to the last final response.</summary>
    public double Seconds { get; set; }

    /// <summary>All messages that have their answer.</summary>
    public long Finished => _acknowledged.Count + Refused;

    /// <summary>A message has its final response, or has none and never will.</summary>
    public void Add(int index, int status, double milliseconds)
    {
        if (status is >= 200 and < 300)
        {
            _acknowledged.Add(index);
            _milliseconds.Add((float)milliseconds);
        }
        else
        {
            Refused++;
            LastRefusal = status;
        }
    }

    /// <summary>One line, in the form of the peers' driver.</summary>
    public string ToLine()
    {
        _milliseconds.Sort();
        var rate = Seconds > 0 ? _acknowledged.Count / Seconds : 0;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"acked={_acknowledged.Count} in {Seconds:F2}s = {rate:F0}/s  ms p50={At(0.5):F2} p90={At(0.9):F2} p99={At(0.99):F2} max={At(1):F2}  refused={Refused}(last {LastRefusal}) retrans={Retransmissions} sent={Sent} bytes/msg={LoadMessage.Length} client_cpu={Environment.CpuUsage.TotalTime.TotalSeconds:F2}s");
    }

    private float At(double share) =>
        _milliseconds.Count == 0 ? 0 : _milliseconds[Math.Min((int)(share * _milliseconds.Count), _milliseconds.Count - 1)];
}
