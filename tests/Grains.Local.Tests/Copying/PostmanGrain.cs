using Orleans;
using PosteRestante.Grains.Local.Tests.Probes;

namespace PosteRestante.Grains.Local.Tests.Copying;

public sealed class PostmanGrain(Gates gates) : Grain, IPostman
{
    private Parcel? _parcel;

    public ValueTask<bool> KeepAsync(Parcel parcel)
    {
        _parcel = parcel;
        gates.Open("kept");
        return new(true);
    }

    public ValueTask<Parcel> ReturnAsync() => new(_parcel!);

    public ValueTask<int> TakeUnknownAsync(Uncopied value) => new(1);
}
