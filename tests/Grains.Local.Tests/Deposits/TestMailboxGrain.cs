using Orleans;
using Orleans.Concurrency;

namespace PosteRestante.Grains.Local.Tests.Deposits;

[Reentrant]
public sealed class TestMailboxGrain(TestStore store) : Grain, ITestMailbox
{
    private int _waiting;

    public ValueTask TouchAsync() => ValueTask.CompletedTask;

    public async ValueTask<DepositReceipt> DepositAsync(DepositRequest request)
    {
        await GrainFactory.GetGrain<ITestMessage>(request.Key).StoreAsync(request.Content);
        await store.WriteAsync();
        return new DepositReceipt { Waiting = ++_waiting };
    }
}
