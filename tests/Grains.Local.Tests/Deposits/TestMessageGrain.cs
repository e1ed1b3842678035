using System.Collections.Immutable;
using Orleans;

namespace PosteRestante.Grains.Local.Tests.Deposits;

public sealed class TestMessageGrain(TestStore store) : Grain, ITestMessage
{
    public async ValueTask<bool> StoreAsync(ImmutableArray<byte> content)
    {
        await store.WriteAsync();
        DeactivateOnIdle();
        return !content.IsDefault;
    }
}
