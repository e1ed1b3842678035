using Orleans;

namespace PosteRestante.Grains.Local.Tests.Copying;

public interface IPostman : IGrainWithStringKey
{
    ValueTask<bool> KeepAsync(Parcel parcel);

    ValueTask<Parcel> ReturnAsync();

    ValueTask<int> TakeUnknownAsync(Uncopied value);
}
