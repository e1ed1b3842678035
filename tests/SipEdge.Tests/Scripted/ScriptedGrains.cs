using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;
using PosteRestante.Grains.Interfaces.Mailbox;

namespace PosteRestante.SipEdge.Tests.Scripted;

/// <summary>A grain factory whose mailboxes are scripted, one for each key; all other grains are the real ones.</summary>
internal sealed class ScriptedGrains(IGrainFactory grains, ConcurrentDictionary<string, ScriptedMailbox> mailboxes) : IGrainFactory
{
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        typeof(TGrainInterface) == typeof(IUserMailbox)
            ? (TGrainInterface)(object)mailboxes.GetOrAdd(primaryKey, _ => new ScriptedMailbox())
            : grains.GetGrain<TGrainInterface>(primaryKey, grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => grains.GetGrain<TGrainInterface>(grainId);
}
