using System.Threading.Tasks.Sources;
using PosteRestante.Grains.Mailbox.Head;

namespace PosteRestante.Grains.Mailbox.Operations;

/// <summary>
/// One change of a mailbox: a pure, synchronous judgement of a draft of the head, and the promise that it is durable. Its
/// results may be read only after the promise says <see cref="HeadWriteStatus.Committed"/>.
/// </summary>
internal abstract class HeadOperation : IValueTaskSource<HeadWriteStatus>
{
    private ManualResetValueTaskSourceCore<HeadWriteStatus> _written;

    /// <summary>Resolves when the batch that holds the operation is written or has failed. Await it once.</summary>
    public ValueTask<HeadWriteStatus> Written => new(this, _written.Version);

    /// <summary>
    /// Whether the last judgement, when nothing was written, should be made by a head that was just read: another activation
    /// may know better.
    /// </summary>
    public virtual bool WantsFreshHead => false;

    /// <summary>Judges the draft and changes it; false when there was nothing to change.</summary>
    /// <param name="draft">The head with all operations before this one.</param>
    /// <param name="now">The time in UTC ticks.</param>
    public abstract bool Apply(MailboxHead draft, long now);

    /// <summary>Keeps the promise, or breaks it over a defect.</summary>
    public void Complete(HeadWriteStatus status, Exception? defect)
    {
        if (defect is null)
        {
            _written.SetResult(status);
        }
        else
        {
            _written.SetException(defect);
        }
    }

    HeadWriteStatus IValueTaskSource<HeadWriteStatus>.GetResult(short token) => _written.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<HeadWriteStatus>.GetStatus(short token) => _written.GetStatus(token);

    void IValueTaskSource<HeadWriteStatus>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _written.OnCompleted(continuation, state, token, flags);
}
