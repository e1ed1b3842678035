using PosteRestante.Grains.Interfaces.Mailbox;

namespace PosteRestante.Grains.Mailbox;

/// <summary>A deposit that is under way, so that a repeat that comes meanwhile shares its outcome.</summary>
internal sealed class RunningDeposit
{
    private TaskCompletionSource<DepositOutcome>? _outcome;

    /// <summary>The outcome that there will be.</summary>
    public Task<DepositOutcome> Outcome =>
        (_outcome ??= new TaskCompletionSource<DepositOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Tells who joined.</summary>
    public void Finish(DepositOutcome outcome) => _outcome?.SetResult(outcome);
}
