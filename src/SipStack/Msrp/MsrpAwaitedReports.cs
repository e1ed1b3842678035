using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace PosteRestante.SipStack.Msrp;

/// <summary>The messages of one session whose success REPORT is awaited, by Message-ID; the oldest make way beyond the bound.</summary>
internal sealed class MsrpAwaitedReports(int capacity)
{
    private const int MaxIdLength = 64;

    private readonly Dictionary<string, MsrpOutgoingMessage> _byId = new(StringComparer.Ordinal);
    private readonly Queue<MsrpOutgoingMessage> _order = new();

    public int Count => _byId.Count;

    public void Add(MsrpOutgoingMessage message)
    {
        if (_byId.Count >= capacity)
        {
            DropOldest();
        }

        _byId[message.MessageId] = message;
        _order.Enqueue(message);
        DropStale();
    }

    public bool TryFind(ReadOnlySpan<byte> messageId, [NotNullWhen(true)] out MsrpOutgoingMessage? message)
    {
        message = null;
        if (messageId.Length > MaxIdLength)
        {
            return false;
        }

        Span<char> id = stackalloc char[MaxIdLength];
        int length = Encoding.Latin1.GetChars(messageId, id);
        return _byId.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id[..length], out message);
    }

    public void Remove(MsrpOutgoingMessage message)
    {
        if (IsAwaited(message))
        {
            _byId.Remove(message.MessageId);
        }
    }

    public void Clear()
    {
        _byId.Clear();
        _order.Clear();
    }

    private bool IsAwaited(MsrpOutgoingMessage message) =>
        _byId.TryGetValue(message.MessageId, out MsrpOutgoingMessage? found) && ReferenceEquals(found, message);

    private void DropOldest()
    {
        while (_order.TryDequeue(out MsrpOutgoingMessage? oldest))
        {
            if (IsAwaited(oldest))
            {
                _byId.Remove(oldest.MessageId);
                return;
            }
        }
    }

    // Reported messages leave the queue when they reach its head; behind one that is never reported they would pile up.
    private void DropStale()
    {
        while (_order.TryPeek(out MsrpOutgoingMessage? oldest) && !IsAwaited(oldest))
        {
            _order.Dequeue();
        }

        if (_order.Count > 2 * capacity)
        {
            MsrpOutgoingMessage[] awaited = [.. _order.Where(IsAwaited)];
            _order.Clear();
            foreach (MsrpOutgoingMessage message in awaited)
            {
                _order.Enqueue(message);
            }
        }
    }
}
