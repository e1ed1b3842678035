namespace PosteRestante.SipStack.Msrp;

/// <summary>
/// The requests of one session that are unanswered, in the order of sending. Answers come in that order almost always,
/// so a ring that is searched from its head needs no dictionary.
/// </summary>
internal sealed class MsrpTransactions(int capacity)
{
    private readonly Entry[] _ring = new Entry[capacity];
    private int _head;

    /// <summary>Places in use, answered ones that wait for the head included.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count == _ring.Length;

    /// <summary>Adds a request that is being sent; its time runs from <see cref="Close"/>.</summary>
    public void Add(ulong id, MsrpOutgoingMessage? message)
    {
        if (IsFull)
        {
            throw new InvalidOperationException("The window of unanswered requests is full.");
        }

        this[Count++] = new Entry(id, message, SentAt: null, IsAnswered: false);
    }

    /// <summary>The request that was added last is wholly written; it may have been answered before that.</summary>
    public void Close(ulong id, TimeSpan now)
    {
        if (Count > 0 && this[Count - 1].Id == id)
        {
            this[Count - 1] = this[Count - 1] with { SentAt = now };
        }
    }

    /// <summary>Takes an answer; false when no such request is unanswered (a doubled answer, or nothing of ours).</summary>
    public bool TryAnswer(ulong id, out MsrpOutgoingMessage? message)
    {
        for (int i = 0; i < Count; i++)
        {
            ref Entry entry = ref this[i];
            if (entry.Id == id && !entry.IsAnswered)
            {
                message = entry.Message;
                entry = entry with { IsAnswered = true, Message = null };
                DropAnswered();
                return true;
            }
        }

        message = null;
        return false;
    }

    /// <summary>When the oldest request was wholly written; null when there is none, or it is still being written.</summary>
    public TimeSpan? OldestSentAt => Count > 0 ? this[0].SentAt : null;

    /// <summary>Whether a request that was sent after the oldest one is answered.</summary>
    public bool IsOldestOvertaken
    {
        get
        {
            for (int i = 1; i < Count; i++)
            {
                if (this[i].IsAnswered)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Gives the oldest request up.</summary>
    public MsrpOutgoingMessage? GiveUpOldest()
    {
        MsrpOutgoingMessage? message = this[0].Message;
        this[0] = this[0] with { IsAnswered = true, Message = null };
        DropAnswered();
        return message;
    }

    /// <summary>Every message with an unanswered chunk, oldest first; one with several chunks comes several times.</summary>
    public IEnumerable<MsrpOutgoingMessage> Unanswered()
    {
        for (int i = 0; i < Count; i++)
        {
            if (this[i].Message is { } message)
            {
                yield return message;
            }
        }
    }

    private ref Entry this[int index] => ref _ring[(_head + index) % _ring.Length];

    private void DropAnswered()
    {
        while (Count > 0 && this[0].IsAnswered)
        {
            this[0] = default;
            _head = (_head + 1) % _ring.Length;
            Count--;
        }
    }

    private readonly record struct Entry(ulong Id, MsrpOutgoingMessage? Message, TimeSpan? SentAt, bool IsAnswered);
}
