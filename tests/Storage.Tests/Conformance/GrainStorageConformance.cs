using System.Text;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace PosteRestante.Storage.Tests.Conformance;

/// <summary>
/// What every provider of records must do, alike: the grains rely on nothing else. One derived class per
/// provider says how to open it.
/// </summary>
public abstract class GrainStorageConformance : IAsyncLifetime
{
    private const string Record = "head";
    private static readonly GrainId Alice = GrainId.Create("mailbox", "s.alice.example.org");
    private IGrainStorage _storage = null!;

    public async ValueTask InitializeAsync() => _storage = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Read_AbsentRecord_HasNoETagAndNoState()
    {
        var state = new GrainState<byte[]>([1]) { ETag = "7", RecordExists = true };

        await Run(_storage.ReadStateAsync(Record, Alice, state));

        state.RecordExists.ShouldBeFalse();
        state.ETag.ShouldBeNull();
        state.State.ShouldBeNull();
    }

    [Fact]
    public async Task Write_NullETagAndNoRecord_CreatesIt()
    {
        GrainState<byte[]> state = await WriteAsync(Alice, "first", null);

        state.RecordExists.ShouldBeTrue();
        state.ETag.ShouldNotBeNullOrEmpty();
        GrainState<byte[]> read = await ReadAsync(Alice);
        read.RecordExists.ShouldBeTrue();
        read.ETag.ShouldBe(state.ETag);
        Text(read).ShouldBe("first");
    }

    [Fact]
    public async Task Write_NullETagAndARecord_IsAConflictThatChangesNothing()
    {
        GrainState<byte[]> first = await WriteAsync(Alice, "first", null);

        await Should.ThrowAsync<InconsistentStateException>(() => WriteAsync(Alice, "second", null));

        GrainState<byte[]> read = await ReadAsync(Alice);
        read.ETag.ShouldBe(first.ETag);
        Text(read).ShouldBe("first");
    }

    [Fact]
    public async Task Write_CurrentETag_ReplacesAndGivesANewETag()
    {
        GrainState<byte[]> state = await WriteAsync(Alice, "first", null);
        string? before = state.ETag;
        state.State = "second"u8.ToArray();

        await Run(_storage.WriteStateAsync(Record, Alice, state));

        state.ETag.ShouldNotBe(before);
        GrainState<byte[]> read = await ReadAsync(Alice);
        read.ETag.ShouldBe(state.ETag);
        Text(read).ShouldBe("second");
    }

    [Fact]
    public async Task Write_StaleETag_IsAConflictThatChangesNothing()
    {
        string? stale = (await WriteAsync(Alice, "first", null)).ETag;
        string? current = (await WriteAsync(Alice, "second", stale)).ETag;

        var conflict = await Should.ThrowAsync<InconsistentStateException>(() => WriteAsync(Alice, "third", stale));

        conflict.CurrentEtag.ShouldBe(stale);
        GrainState<byte[]> read = await ReadAsync(Alice);
        read.ETag.ShouldBe(current);
        Text(read).ShouldBe("second");
    }

    [Fact]
    public async Task Write_Conflict_LeavesTheCallersStateAsItWas()
    {
        await WriteAsync(Alice, "first", null);
        var late = new GrainState<byte[]>("second"u8.ToArray());

        await Should.ThrowAsync<InconsistentStateException>(() => Run(_storage.WriteStateAsync(Record, Alice, late)));

        late.ETag.ShouldBeNull();
        late.RecordExists.ShouldBeFalse();
        Text(late).ShouldBe("second");
    }

    [Theory]
    [InlineData("1")]
    [InlineData("-1")]
    [InlineData("not one of ours")]
    [InlineData("99999999999999999999")]
    public async Task Write_ETagAndNoRecord_IsAConflict(string etag)
    {
        await Should.ThrowAsync<InconsistentStateException>(() => WriteAsync(Alice, "first", etag));

        (await ReadAsync(Alice)).RecordExists.ShouldBeFalse();
    }

    [Fact]
    public async Task Write_SameContent_StillGivesANewETag()
    {
        string? first = (await WriteAsync(Alice, "same", null)).ETag;

        string? second = (await WriteAsync(Alice, "same", first)).ETag;

        second.ShouldNotBe(first);
    }

    [Fact]
    public async Task Write_Tombstone_KeepsTheRecordAndItsPlace()
    {
        string? message = (await WriteAsync(Alice, new string('m', 2000), null)).ETag;

        string? tombstone = (await WriteAsync(Alice, "t", message)).ETag;

        Text(await ReadAsync(Alice)).ShouldBe("t");
        await Should.ThrowAsync<InconsistentStateException>(() => WriteAsync(Alice, "again", null));
        await Should.ThrowAsync<InconsistentStateException>(() => WriteAsync(Alice, "again", message));
        (await ReadAsync(Alice)).ETag.ShouldBe(tombstone);
    }

    [Fact]
    public async Task Clear_CurrentETag_RemovesTheRecord()
    {
        GrainState<byte[]> state = await WriteAsync(Alice, "first", null);

        await Run(_storage.ClearStateAsync(Record, Alice, state));

        state.RecordExists.ShouldBeFalse();
        state.ETag.ShouldBeNull();
        (await ReadAsync(Alice)).RecordExists.ShouldBeFalse();
    }

    [Fact]
    public async Task Clear_StaleETag_IsAConflictThatChangesNothing()
    {
        string? stale = (await WriteAsync(Alice, "first", null)).ETag;
        await WriteAsync(Alice, "second", stale);
        var state = new GrainState<byte[]> { ETag = stale, RecordExists = true };

        await Should.ThrowAsync<InconsistentStateException>(() => Run(_storage.ClearStateAsync(Record, Alice, state)));

        Text(await ReadAsync(Alice)).ShouldBe("second");
    }

    [Fact]
    public async Task Write_AfterClear_CreatesAnewAndOldETagsStayDead()
    {
        GrainState<byte[]> state = await WriteAsync(Alice, "first", null);
        string? dead = state.ETag;
        await Run(_storage.ClearStateAsync(Record, Alice, state));

        GrainState<byte[]> again = await WriteAsync(Alice, "second", null);

        again.ETag.ShouldNotBe(dead);
        await Should.ThrowAsync<InconsistentStateException>(() => WriteAsync(Alice, "third", dead));
        Text(await ReadAsync(Alice)).ShouldBe("second");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8_192)]
    [InlineData(65_536)]
    [InlineData(1_000_000)]
    public async Task Write_AnySize_ComesBackOctetByOctet(int size)
    {
        byte[] content = new byte[size];
        new Random(size).NextBytes(content);

        await Run(_storage.WriteStateAsync(Record, Alice, new GrainState<byte[]>(content)));

        (await ReadAsync(Alice)).State.ShouldBe(content);
    }

    [Fact]
    public async Task Write_OtherNameTypeOrKey_IsAnotherRecord()
    {
        await WriteAsync(Alice, "first", null);

        await WriteAsync(GrainId.Create("mailbox", "s.bob.example.org"), "second", null);
        await WriteAsync(GrainId.Create("message", "s.alice.example.org"), "third", null);
        await Run(_storage.WriteStateAsync("page-1", Alice, new GrainState<byte[]>("fourth"u8.ToArray())));

        Text(await ReadAsync(Alice)).ShouldBe("first");
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\nb")]
    public async Task Write_KeyThatAProviderCouldChange_IsRefused(string key)
    {
        var failure = await Should.ThrowAsync<StorageFailureException>(() => WriteAsync(GrainId.Create("mailbox", key), "x", null));

        failure.Kind.ShouldBe(StorageFailureKind.Refused);
    }

    [Fact]
    public async Task Create_ManyAtOnce_HasOneWinner()
    {
        Task<bool>[] writers = [.. Enumerable.Range(0, 50).Select(writer => TryWriteAsync(Alice, $"writer {writer}", null))];

        bool[] won = await Run(Task.WhenAll(writers));

        won.Count(static winner => winner).ShouldBe(1);
        Text(await ReadAsync(Alice)).ShouldBe($"writer {Array.IndexOf(won, true)}");
    }

    [Fact]
    public async Task Replace_ManyAtOnce_HasOneWinner()
    {
        string? etag = (await WriteAsync(Alice, "first", null)).ETag;
        Task<bool>[] writers = [.. Enumerable.Range(0, 50).Select(writer => TryWriteAsync(Alice, $"writer {writer}", etag))];

        bool[] won = await Run(Task.WhenAll(writers));

        won.Count(static winner => winner).ShouldBe(1);
        Text(await ReadAsync(Alice)).ShouldBe($"writer {Array.IndexOf(won, true)}");
    }

    [Fact]
    public async Task Write_ManyRecordsAtOnce_KeepsEachWithItsOwnContent()
    {
        Task<bool>[] writers = [.. Enumerable.Range(0, 500).Select(index => TryWriteAsync(Numbered(index), $"record {index}", null))];

        bool[] won = await Run(Task.WhenAll(writers));

        won.ShouldAllBe(static winner => winner);
        for (int index = 0; index < 500; index++)
        {
            Text(await ReadAsync(Numbered(index))).ShouldBe($"record {index}");
        }
    }

    [Fact]
    public async Task Write_InSequence_IsReadInTheOrderWritten()
    {
        string? etag = null;
        for (int turn = 0; turn < 200; turn++)
        {
            etag = (await WriteAsync(Alice, $"turn {turn}", etag)).ETag;

            Text(await ReadAsync(Alice)).ShouldBe($"turn {turn}");
        }
    }

    /// <summary>Opens an empty store.</summary>
    protected abstract ValueTask<IGrainStorage> OpenAsync();

    /// <summary>Closes and removes it.</summary>
    protected abstract ValueTask CloseAsync();

    /// <summary>Lets a store that moves by steps move; others move by themselves.</summary>
    protected virtual void Pump()
    {
    }

    private static GrainId Numbered(int index) => GrainId.Create("message", $"message-{index}");

    private static string Text(GrainState<byte[]> state) => Encoding.UTF8.GetString(state.State!);

    private async Task<GrainState<byte[]>> ReadAsync(GrainId owner)
    {
        var state = new GrainState<byte[]>();
        await Run(_storage.ReadStateAsync(Record, owner, state));
        return state;
    }

    private async Task<GrainState<byte[]>> WriteAsync(GrainId owner, string content, string? etag)
    {
        var state = new GrainState<byte[]>(Encoding.UTF8.GetBytes(content)) { ETag = etag, RecordExists = etag is not null };
        await Run(_storage.WriteStateAsync(Record, owner, state));
        return state;
    }

    private async Task<bool> TryWriteAsync(GrainId owner, string content, string? etag)
    {
        try
        {
            await _storage.WriteStateAsync(Record, owner, new GrainState<byte[]>(Encoding.UTF8.GetBytes(content)) { ETag = etag });
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    private Task Run(Task call)
    {
        Pump();
        return call;
    }

    private Task<T> Run<T>(Task<T> call)
    {
        Pump();
        return call;
    }
}
