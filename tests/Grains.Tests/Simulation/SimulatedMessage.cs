using System.Collections.Immutable;
using Orleans.Runtime;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Messages;

namespace PosteRestante.Grains.Tests.Simulation;

/// <summary>A message grain's rules behind calls that get lost and doubled.</summary>
internal sealed class SimulatedMessage(SimulatedRecords records, SeededPump pump, Random random, string key) : IDeferredMessage
{
    private readonly MessageStore _store = new(records, GrainId.Create("message", key));

    public ValueTask<StoreReceipt> StoreAsync(StoreMessage request) => CallAsync(
        () => _store.CreateAsync(new MessageRecord { KeyId = 1, Mailbox = request.Mailbox, Content = request.Content }));

    public ValueTask<ReadReceipt> ReadAsync() => CallAsync(async () => (await _store.ReadAsync()).Receipt);

    public async ValueTask EndSessionAsync(ImmutableArray<byte> bye) => await CallAsync(async () =>
    {
        await _store.EndSessionAsync(bye);
        return true;
    });

    public ValueTask<TombstoneReceipt> TombstoneAsync(Tombstone request) => CallAsync(() => _store.EndAsync(request, keyId: 1));

    private async ValueTask<T> CallAsync<T>(Func<ValueTask<T>> call)
    {
        await pump.StepAsync();
        var lost = random.Next(1000) < records.Faults.LostCall;
        if (lost && random.Next(2) == 0)
        {
            throw new TimeoutException("The call was not carried out.");
        }

        var result = await call();
        if (random.Next(1000) < records.Faults.DoubledCall)
        {
            result = await call();
        }

        await pump.StepAsync();
        return lost ? throw new TimeoutException("The call was carried out, but its answer was lost.") : result;
    }
}
