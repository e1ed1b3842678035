using Orleans;

namespace PosteRestante.Grains.Local.Tests.Deposits;

public interface ITestMailbox : IGrainWithStringKey
{
    ValueTask<DepositReceipt> DepositAsync(DepositRequest request);

    ValueTask TouchAsync();
}
