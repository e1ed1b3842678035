using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded;
using Orleans.Runtime;
using PosteRestante.Grains.Local.Tests.Probes;

namespace PosteRestante.Grains.Local.Tests.Copying;

/// <summary>In tests nothing is shared between a grain and its callers, as nothing is under Orleans across silos.</summary>
public sealed class CopyTests
{
    private readonly byte[] _octets = [1, 2, 3];

    private Parcel Parcel => new()
    {
        Name = "outer",
        Octets = ImmutableCollectionsMarshal.AsImmutableArray(_octets),
        At = DateTimeOffset.UnixEpoch,
        Inner = [new Parcel { Name = "inner", Octets = [9] }, new Parcel { Inner = [] }],
        Day = DayOfWeek.Friday,
    };

    [Fact]
    public async Task Argument_ChangedAfterTheCall_IsUnchangedInTheGrain()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        var postman = cluster.Grains.GetGrain<IPostman>("a");
        await postman.KeepAsync(Parcel);

        _octets[0] = 99;

        var returned = await postman.ReturnAsync();
        returned.Octets.ShouldBe([1, 2, 3]);
        returned.ShouldSatisfyAllConditions(
            () => returned.Name.ShouldBe("outer"),
            () => returned.At.ShouldBe(DateTimeOffset.UnixEpoch),
            () => returned.Day.ShouldBe(DayOfWeek.Friday),
            () => returned.Inner.Length.ShouldBe(2),
            () => returned.Inner[0].Octets.ShouldBe([9]),
            () => returned.Inner[0].Inner.IsDefault.ShouldBeTrue(),
            () => returned.Inner[1].Inner.ShouldBeEmpty());
    }

    [Fact]
    public async Task Result_ChangedByItsReceiver_IsUnchangedInTheGrain()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        var postman = cluster.Grains.GetGrain<IPostman>("a");
        await postman.KeepAsync(Parcel);

        var first = await postman.ReturnAsync();
        ImmutableCollectionsMarshal.AsArray(first.Octets)![0] = 99;

        (await postman.ReturnAsync()).Octets.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Argument_WithoutCopying_IsTheVeryObject()
    {
        await using var cluster = await ProbeCluster.StartAsync(static silo =>
            silo.Services.Configure<EmbeddedRuntimeOptions>(static options => options.CopyArguments = false));
        var postman = cluster.Grains.GetGrain<IPostman>("a");
        var parcel = Parcel;
        await postman.KeepAsync(parcel);

        (await postman.ReturnAsync()).ShouldBeSameAs(parcel);
    }

    [Fact]
    public async Task Argument_OfATypeThatContractsMayNotCarry_IsRefused()
    {
        await using var cluster = await ProbeCluster.StartAsync();

        var refusal = await Should.ThrowAsync<OrleansConfigurationException>(async () => await cluster.Grains.GetGrain<IPostman>("a").TakeUnknownAsync(new Uncopied()));

        refusal.Message.ShouldContain(nameof(Uncopied));
    }
}
