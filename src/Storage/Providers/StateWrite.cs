using Orleans;
using PosteRestante.Storage.Engine;

namespace PosteRestante.Storage.Providers;

/// <summary>The write of a grain's state, which gives the state its new ETag before its task completes.</summary>
internal sealed class StateWrite<T>(RecordKey key, long expectedEtag, ReadOnlyMemory<byte> value, IGrainState<T> state)
    : WriteRequest(key, WriteKind.Put, expectedEtag, value)
{
    public override void Complete()
    {
        if (!Verdict.Written)
        {
            TrySetException(EtagText.Conflict(Verdict, state.ETag));
            return;
        }

        state.ETag = EtagText.Of(Verdict.Etag);
        state.RecordExists = true;
        TrySetResult(Verdict);
    }
}
