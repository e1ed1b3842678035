using PosteRestante.Protocols.Msrp;

namespace PosteRestante.SipStack.Msrp;

/// <summary>A message that is partly received, or refused while chunks of it still come.</summary>
internal sealed class MsrpIncoming(string messageId, IMsrpMessageSink? sink, int status)
{
    private readonly MsrpRanges _ranges = new();

    public string MessageId { get; } = messageId;

    public IMsrpMessageSink? Sink { get; private set; } = sink;

    /// <summary>200, or what every further chunk is answered with.</summary>
    public int Status { get; private set; } = status;

    /// <summary>The length, once the last chunk fixed it (RFC 4975 7.3.1).</summary>
    public long? Total { get; set; }

    /// <summary>When octets last came.</summary>
    public TimeSpan TouchedAt { get; set; }

    /// <summary>What is answered when the sink is done; null while octets are awaited.</summary>
    public List<MsrpOwedAnswer>? Owed { get; set; }

    /// <summary>What the sink says of the message now.</summary>
    public int SinkStatus => Sink?.Status ?? MsrpStatusCode.Ok;

    public bool IsCompleting => Owed is not null;

    public bool IsWhole => Total is { } total && _ranges.Covers(total);

    public int Pieces => _ranges.Count;

    public void Write(long offset, ReadOnlySpan<byte> octets)
    {
        Sink!.Write(offset, octets);
        _ranges.Add(offset, offset + octets.Length);
    }

    public void Refuse(int statusCode)
    {
        if (Status == MsrpStatusCode.Ok)
        {
            Status = statusCode;
            Abort();
        }
    }

    public void Abort()
    {
        IMsrpMessageSink? open = Sink;
        Sink = null;
        open?.Abort();
    }
}
