using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using PosteRestante.Storage.Faults;
using PosteRestante.Storage.Records;
using PosteRestante.Storage.Serialization;
using PosteRestante.Storage.Simulated;

namespace PosteRestante.Storage.Tests.Records;

public sealed class RecordStoreTests
{
    private static readonly GrainId Alice = GrainId.Create("mailbox", "s.alice");
    private readonly SimulatedStore _disk = SimulatedStore.Open(new SimulatedDisk(), new Random(1), TimeProvider.System);
    private readonly FaultPlan _plan = new(new Random(2));
    private readonly RecordStore _records;

    public RecordStoreTests() => _records = new RecordStore(
        new FaultingGrainStorage(_disk.CreateGrainStorage(new OctetSerializer()), _plan, TimeProvider.System));

    [Fact]
    public async Task Read_AbsentRecord_DoesNotExist() =>
        (await Run(_records.ReadAsync<byte[]>("head", Alice))).ShouldBe(default);

    [Fact]
    public async Task Create_Twice_GivesCreatedThenExists()
    {
        string? first = await Run(_records.CreateAsync("head", Alice, new byte[] { 1 }));
        string? second = await Run(_records.CreateAsync("head", Alice, new byte[] { 2 }));

        first.ShouldNotBeNull();
        second.ShouldBeNull();
        Record<byte[]> record = await Run(_records.ReadAsync<byte[]>("head", Alice));
        record.Exists.ShouldBeTrue();
        record.Value.ShouldBe([1]);
        record.ETag.ShouldBe(first);
    }

    [Fact]
    public async Task Replace_ByTwo_GivesReplacedThenConflict()
    {
        string etag = (await Run(_records.CreateAsync("head", Alice, new byte[] { 1 })))!;

        string? first = await Run(_records.ReplaceAsync("head", Alice, new byte[] { 2 }, etag));
        string? second = await Run(_records.ReplaceAsync("head", Alice, new byte[] { 3 }, etag));

        first.ShouldNotBeNull();
        second.ShouldBeNull();
        (await Run(_records.ReadAsync<byte[]>("head", Alice))).Value.ShouldBe([2]);
    }

    [Fact]
    public async Task Replace_WithoutETag_IsAMistakeOfTheCaller() =>
        await Should.ThrowAsync<ArgumentException>(() => _records.ReplaceAsync("head", Alice, new byte[] { 1 }, "").AsTask());

    [Theory]
    [InlineData(StorageFault.FailBefore)]
    [InlineData(StorageFault.FailAfterCommit)]
    public async Task Create_ThatFails_IsAStorageFailureOfUnknownOutcome(StorageFault fault)
    {
        _plan.Next(fault);

        var failure = await Should.ThrowAsync<StorageFailureException>(() => Run(_records.CreateAsync("head", Alice, new byte[] { 1 })));

        failure.Kind.ShouldBe(StorageFailureKind.Unknown);
        (await Run(_records.ReadAsync<byte[]>("head", Alice))).Exists.ShouldBe(fault == StorageFault.FailAfterCommit);
    }

    [Fact]
    public async Task AnyCall_OnAProviderThatThrowsSomethingElse_IsAStorageFailure()
    {
        var records = new RecordStore(new BrokenStorage(new TimeoutException("late")));

        var failure = await Should.ThrowAsync<StorageFailureException>(() => records.ReadAsync<byte[]>("head", Alice).AsTask());
        failure.Kind.ShouldBe(StorageFailureKind.Unknown);
        failure.InnerException.ShouldBeOfType<TimeoutException>();
        await Should.ThrowAsync<StorageFailureException>(() => records.CreateAsync("head", Alice, new byte[1]).AsTask());
        await Should.ThrowAsync<StorageFailureException>(() => records.ReplaceAsync("head", Alice, new byte[1], "1").AsTask());
    }

    [Fact]
    public async Task Read_OctetsThatAreNoRecord_IsDamage()
    {
        var records = new RecordStore(new BrokenStorage(new RecordFormatException(RecordFormatError.Truncated, 3)));

        var failure = await Should.ThrowAsync<StorageFailureException>(() => records.ReadAsync<byte[]>("head", Alice).AsTask());

        failure.Kind.ShouldBe(StorageFailureKind.Damaged);
        failure.Message.ShouldContain("Truncated at octet 3");
        failure.Message.ShouldNotContain("alice", Case.Insensitive, "keys are addresses of people");
    }

    private Task<T> Run<T>(ValueTask<T> call)
    {
        var task = call.AsTask();
        _disk.RunUntilIdle();
        return task;
    }

    private sealed class BrokenStorage(Exception failure) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.FromException(failure);

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.FromException(failure);

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.FromException(failure);
    }
}
