namespace PosteRestante.SipEdge.Delivery;

/// <summary>
/// What a session holds that is not settled: messages that are unanswered, or answered and not reported, and the octets that
/// wait to be answered. The next page is read when less than one page is left. On the loop.
/// </summary>
internal sealed class DeliveryWindow(DeliveryOptions options)
{
    private TaskCompletionSource? _room;
    private bool _waitsForAny;
    private long _octets;

    /// <summary>Whether nothing is waited for any more.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Messages that were sent and have no answer.</summary>
    public int Unanswered { get; private set; }

    /// <summary>Messages that have their answer, but not the REPORT that confirms them (D12).</summary>
    public int Unreported { get; private set; }

    /// <summary>Whether a page fits besides what is there.</summary>
    public bool HasRoom => IsClosed || (Unanswered + Unreported <= options.PageMessages && _octets <= options.PageOctets);

    /// <summary>A message was sent.</summary>
    public void Sent(long octets)
    {
        Unanswered++;
        _octets += octets;
    }

    /// <summary>A message was answered, or given up; its octets are free.</summary>
    public void Answered(long octets, bool awaitsReport)
    {
        Unanswered--;
        _octets -= octets;
        Unreported += awaitsReport ? 1 : 0;
        Wake();
    }

    /// <summary>A REPORT came, or is no longer waited for.</summary>
    public void Reported()
    {
        Unreported--;
        Wake();
    }

    /// <summary>Waits until the next page fits.</summary>
    public async Task WaitForRoomAsync()
    {
        while (!HasRoom)
        {
            await WaitAsync();
        }
    }

    /// <summary>Waits until any message is answered.</summary>
    public Task WaitForAnswerAsync()
    {
        _waitsForAny = true;
        return IsClosed ? Task.CompletedTask : WaitAsync();
    }

    /// <summary>Nothing is waited for any more.</summary>
    public void Close()
    {
        IsClosed = true;
        Wake();
    }

    private async Task WaitAsync()
    {
        _room = new TaskCompletionSource();
        await _room.Task;
        _room = null;
        _waitsForAny = false;
    }

    private void Wake()
    {
        if (_waitsForAny || HasRoom)
        {
            _room?.TrySetResult();
        }
    }
}
