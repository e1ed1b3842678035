using Orleans;
using Orleans.Runtime;
using PosteRestante.Grains.Interfaces.Mailbox;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>The grain factory of a service whose mailboxes have <see cref="Trouble"/>.</summary>
internal sealed class TroubledGrains(IGrainFactory grains, Trouble trouble) : IGrainFactory
{
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        var grain = grains.GetGrain<TGrainInterface>(primaryKey, grainClassNamePrefix);
        return grain is IUserMailbox mailbox ? (TGrainInterface)(object)new TroubledMailbox(mailbox, trouble) : grain;
    }

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => grains.GetGrain<TGrainInterface>(grainId);
}
