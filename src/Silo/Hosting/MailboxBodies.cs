using Orleans;
using Orleans.Runtime;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Storage.Bodies;
using PosteRestante.Storage.Bodies.Sweeping;

namespace PosteRestante.Silo.Hosting;

/// <summary>Asks the mailbox that a body's name says.</summary>
internal sealed class MailboxBodies(IGrainFactory grains) : IBodyOwners
{
    public async ValueTask<bool?> IsWantedAsync(BodyName name)
    {
        try
        {
            var verdict = await grains.GetGrain<IUserMailbox>(name.Mailbox)
                .KeepsBodyAsync(new KeepsBody { MessageKey = name.Message, BodyName = name.ToString() });
            return verdict switch
            {
                BodyVerdict.Kept => true,
                BodyVerdict.Unwanted => false,
                _ => null,
            };
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            return null; // nobody knows now: it stays, and is asked about again
        }
    }
}
