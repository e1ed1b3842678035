using System.Collections.Immutable;
using Orleans;

namespace PosteRestante.Grains.Local.Tests.Deposits;

public interface ITestMessage : IGrainWithStringKey
{
    ValueTask<bool> StoreAsync(ImmutableArray<byte> content);
}
