using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using PosteRestante.Storage.Faults;
using PosteRestante.Storage.Simulated;

namespace PosteRestante.Storage.Tests.Faults;

public sealed class FaultingGrainStorageTests
{
    private static readonly GrainId Alice = GrainId.Create("mailbox", "s.alice");
    private readonly SimulatedStore _disk = SimulatedStore.Open(new SimulatedDisk(), new Random(1), TimeProvider.System);
    private readonly FaultPlan _plan = new(new Random(2));
    private readonly IGrainStorage _inner;
    private readonly FaultingGrainStorage _storage;

    public FaultingGrainStorageTests()
    {
        _inner = _disk.CreateGrainStorage(new OctetSerializer());
        _storage = new FaultingGrainStorage(_inner, _plan, TimeProvider.System);
    }

    [Fact]
    public async Task FailBefore_Write_WritesNothing()
    {
        _plan.Next(StorageFault.FailBefore);
        var state = new GrainState<byte[]>([1]);

        await Should.ThrowAsync<StorageFailureException>(() => Run(_storage.WriteStateAsync("head", Alice, state)));

        state.ETag.ShouldBeNull();
        (await StoredAsync()).RecordExists.ShouldBeFalse();
    }

    [Fact]
    public async Task FailAfterCommit_Write_WritesAndHidesTheAnswer()
    {
        _plan.Next(StorageFault.FailAfterCommit);
        var state = new GrainState<byte[]>([1]);

        await Should.ThrowAsync<StorageFailureException>(() => Run(_storage.WriteStateAsync("head", Alice, state)));

        state.ETag.ShouldBeNull();
        state.RecordExists.ShouldBeFalse();
        (await StoredAsync()).State.ShouldBe([1]);
    }

    [Fact]
    public async Task ConflictAfterCommit_Write_WritesAndShowsAConflict()
    {
        _plan.Next(StorageFault.ConflictAfterCommit);

        await Should.ThrowAsync<InconsistentStateException>(() => RunAll(_storage.WriteStateAsync("head", Alice, new GrainState<byte[]>([1]))));

        (await StoredAsync()).State.ShouldBe([1]);
    }

    [Fact]
    public async Task Duplicate_Write_WritesOnceAndShowsTheFirstAnswer()
    {
        _plan.Next(StorageFault.Duplicate);
        var state = new GrainState<byte[]>([1]);

        await RunAll(_storage.WriteStateAsync("head", Alice, state));

        GrainState<byte[]> stored = await StoredAsync();
        stored.ETag.ShouldBe(state.ETag);
        stored.State.ShouldBe([1]);
    }

    [Fact]
    public async Task FailAfterCommit_Read_LeavesTheCallersState()
    {
        await Run(_inner.WriteStateAsync("head", Alice, new GrainState<byte[]>([1])));
        _plan.Next(StorageFault.FailAfterCommit);
        var state = new GrainState<byte[]>();

        await Should.ThrowAsync<StorageFailureException>(() => Run(_storage.ReadStateAsync("head", Alice, state)));

        state.State.ShouldBeNull();
        state.ETag.ShouldBeNull();
    }

    [Fact]
    public async Task Delay_Call_WaitsForTheClockAndSucceeds()
    {
        _plan.LongestDelay = TimeSpan.FromMilliseconds(1);
        _plan.Next(StorageFault.Delay);

        await RunAll(_storage.WriteStateAsync("head", Alice, new GrainState<byte[]>([1])));

        (await StoredAsync()).State.ShouldBe([1]);
        _plan.Injected(StorageFault.Delay).ShouldBe(1);
    }

    [Fact]
    public void Draw_WithASeed_RepeatsAndKeepsTheShares()
    {
        StorageFault[] first = Drawn();

        Drawn().ShouldBe(first);
        first.Count(static fault => fault == StorageFault.FailBefore).ShouldBeInRange(800, 1200);
        first.Count(static fault => fault == StorageFault.FailAfterCommit).ShouldBeInRange(1800, 2200);
        first.Count(static fault => fault == StorageFault.ConflictAfterCommit).ShouldBeInRange(400, 600);
        first.Count(static fault => fault == StorageFault.Duplicate).ShouldBeInRange(400, 600);
        first.Count(static fault => fault == StorageFault.Delay).ShouldBeInRange(400, 600);

        static StorageFault[] Drawn()
        {
            var plan = new FaultPlan(new Random(9))
            {
                FailBefore = 0.1,
                FailAfterCommit = 0.2,
                ConflictAfterCommit = 0.05,
                Duplicate = 0.05,
                Delay = 0.05,
            };
            return [.. Enumerable.Range(0, 10_000).Select(_ => plan.Draw())];
        }
    }

    private async Task<GrainState<byte[]>> StoredAsync()
    {
        var state = new GrainState<byte[]>();
        await Run(_inner.ReadStateAsync("head", Alice, state));
        return state;
    }

    private Task Run(Task call)
    {
        _disk.RunUntilIdle();
        return call;
    }

    /// <summary>For calls whose second part begins after an await: steps until the call is through.</summary>
    private async Task RunAll(Task call)
    {
        while (!call.IsCompleted)
        {
            _disk.RunUntilIdle();
            await Task.Yield();
        }

        await call;
    }
}
