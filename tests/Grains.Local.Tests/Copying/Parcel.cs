using System.Collections.Immutable;
using Orleans;

namespace PosteRestante.Grains.Local.Tests.Copying;

[GenerateSerializer]
[Immutable]
[Alias("test.Parcel")]
public sealed record Parcel
{
    [Id(0)]
    public string? Name { get; init; }

    [Id(1)]
    public ImmutableArray<byte> Octets { get; init; }

    [Id(2)]
    public DateTimeOffset? At { get; init; }

    [Id(3)]
    public ImmutableArray<Parcel> Inner { get; init; }

    [Id(4)]
    public DayOfWeek Day { get; init; }
}
