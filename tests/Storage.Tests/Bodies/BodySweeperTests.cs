using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Storage.Bodies;
using PosteRestante.Storage.Bodies.Simulated;
using PosteRestante.Storage.Bodies.Sweeping;

namespace PosteRestante.Storage.Tests.Bodies;

/// <summary>What the sweeper throws away, and when.</summary>
public sealed class BodySweeperTests : IBodyOwners, IDisposable
{
    private const string Message = "7fq2mxk7lwbatz5rc3dh6n4pvy";
    private readonly ManualTime _time = new();
    private readonly SimulatedBodyDisk _disk = new();
    private readonly SimulatedBodyStore _bodies;
    private readonly BodySweeper _sweeper;
    private readonly List<BodyName> _asked = [];
    private Func<BodyName, bool?> _isWanted = static _ => false;

    public BodySweeperTests()
    {
        _time.Advance(TimeSpan.FromDays(365));
        _bodies = new SimulatedBodyStore(_disk, _time);
        _sweeper = new BodySweeper(_bodies, this, new BodySweeperOptions { StepBodies = 2 }, _time, NullLogger<BodySweeper>.Instance);
    }

    [Fact]
    public async Task Body_ThatIsUnwanted_GoesToTheTrashAndAfterADayAltogether()
    {
        await StoreAsync(1);
        _time.Advance(TimeSpan.FromHours(1));

        await RoundAsync();

        _disk.Names.ShouldBeEmpty();
        _disk.Trashed.ShouldBe(1);
        _time.Advance(TimeSpan.FromHours(24));
        await RoundAsync();
        _disk.Trashed.ShouldBe(1);
        _time.Advance(TimeSpan.FromMinutes(1));
        await RoundAsync();
        _disk.Trashed.ShouldBe(0);
    }

    [Fact]
    public async Task Body_ThatIsYoung_IsNotEvenAskedAbout()
    {
        await StoreAsync(1);
        _time.Advance(TimeSpan.FromMinutes(59));

        await RoundAsync();

        _asked.ShouldBeEmpty();
        _disk.Names.Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(null)]
    public async Task Body_ThatIsWantedOrNobodyKnows_Stays(bool? wanted)
    {
        await StoreAsync(3);
        _time.Advance(TimeSpan.FromHours(2));
        _isWanted = _ => wanted;

        await RoundAsync();

        _asked.Count.ShouldBe(3);
        _disk.Names.Count().ShouldBe(3);
    }

    [Fact]
    public async Task Step_AsksAboutNoMoreThanItMay()
    {
        await StoreAsync(5);
        _time.Advance(TimeSpan.FromHours(2));

        (await _sweeper.StepAsync()).ShouldBeFalse();

        _asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Round_OfManyBodies_TrashesThoseThatAreUnwantedOnly()
    {
        await StoreAsync(5);
        BodyName kept = _disk.Names.ElementAt(3);
        _time.Advance(TimeSpan.FromHours(2));
        _isWanted = name => name == kept;

        await RoundAsync();

        _disk.Names.ShouldBe([kept]);
        _asked.Count.ShouldBe(5);
    }

    public void Dispose() => _sweeper.Dispose();

    ValueTask<bool?> IBodyOwners.IsWantedAsync(BodyName name)
    {
        _asked.Add(name);
        return new(_isWanted(name));
    }

    private async Task RoundAsync()
    {
        while (!await _sweeper.StepAsync())
        {
        }
    }

    private async Task StoreAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            using IBodyWriter writer = _bodies.TryBegin()!;
            writer.Write(0, [1]);
            await writer.SealAsync(1);
            await writer.CommitAsync("bob@example.org", Message);
        }
    }
}
