using PosteRestante.Grains.Interfaces.Mailbox;

namespace PosteRestante.SipEdge.Delivery;

/// <summary>
/// Gathers outcomes and confirms them, one confirmation at a time: what comes while one is under way goes into the next, so
/// that a fast peer makes large batches and a slow one waits for nobody.
/// </summary>
/// <param name="lease">Where they are recorded.</param>
/// <param name="batch">Outcomes of one confirmation, at most.</param>
/// <param name="onIdle">Called when everything that was added is recorded, or given up.</param>
/// <param name="onDefect">Called before that when recording failed in a way that a repeat does not mend.</param>
internal sealed class OutcomeConfirmer(DeliveryLease lease, int batch, Action onIdle, Action<Exception> onDefect)
{
    private readonly Queue<MessageOutcome> _waiting = new();
    private bool _isRunning;

    /// <summary>Whether everything that was added is recorded, or given up.</summary>
    public bool IsIdle => !_isRunning && _waiting.Count == 0;

    /// <summary>Outcomes that could not be recorded: their messages are offered again.</summary>
    public int Unrecorded { get; private set; }

    /// <summary>Adds an outcome.</summary>
    public void Add(MessageOutcome outcome)
    {
        _waiting.Enqueue(outcome);
        if (!_isRunning)
        {
            _ = ConfirmAllAsync();
        }
    }

    private async Task ConfirmAllAsync()
    {
        _isRunning = true;
        var underWay = 0;
        try
        {
            while (_waiting.Count > 0)
            {
                var outcomes = new MessageOutcome[Math.Min(batch, _waiting.Count)];
                underWay = outcomes.Length;
                for (var i = 0; i < outcomes.Length; i++)
                {
                    outcomes[i] = _waiting.Dequeue();
                }

                if (!await lease.ConfirmAsync([.. outcomes]))
                {
                    Unrecorded += outcomes.Length;
                }
            }
        }
#pragma warning disable CA1031 // The top of this loop: a defect ends the delivery, and what is not recorded is offered again.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            Unrecorded += underWay + _waiting.Count;
            _waiting.Clear();
            onDefect(defect);
        }

        _isRunning = false;
        onIdle();
    }
}
