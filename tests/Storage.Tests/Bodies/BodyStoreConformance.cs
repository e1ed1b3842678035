using System.Collections.Immutable;
using System.Security.Cryptography;
using PosteRestante.Storage.Bodies;

namespace PosteRestante.Storage.Tests.Bodies;

/// <summary>What every provider of bodies must do, alike. One derived class per provider says how to open it.</summary>
public abstract class BodyStoreConformance : IAsyncLifetime
{
    private const string Mailbox = "bob*@example.org";
    private const string Message = "7fq2mxk7lwbatz5rc3dh6n4pvy";
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private IBodyStore _store = null!;

    /// <summary>Small pieces, so that a short body has many; two bodies at once.</summary>
    protected BodyStoreOptions Options { get; } = new() { PieceBytes = 4096, MaxOpen = 2, QueuedPieces = 2 };

    private protected ManualTime Time { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Time.Advance(Day * 365);
        _store = await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Commit_GivesTheBodyANameUnderWhichItIsRead()
    {
        byte[] body = Octets(20_000);

        BodyName name = await StoreAsync(body);

        name.ToString().ShouldStartWith($"{Mailbox}/{Message}/");
        (await ReadAsync(name, body.Length)).ShouldBe(body);
    }

    [Fact]
    public async Task Commit_OfNoOctets_IsABodyOfLengthZero()
    {
        BodyName name = await StoreAsync([]);

        (await ReadAsync(name, 0)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Seal_OfOctetsInAnyOrder_GivesTheHashOfTheWholeAndLaterOnesCount()
    {
        byte[] body = Octets(30_000);
        using IBodyWriter writer = _store.TryBegin()!;
        await WriteAsync(writer, 20_000, body[20_000..]);
        await WriteAsync(writer, 0, new byte[10_000]);
        await WriteAsync(writer, 9_000, body[9_000..20_500]);
        await WriteAsync(writer, 0, body[..9_001]);

        ImmutableArray<byte> hash = await writer.SealAsync(body.Length);
        BodyName name = await writer.CommitAsync(Mailbox, Message);

        hash.ShouldBe(SHA256.HashData(body));
        (await ReadAsync(name, body.Length)).ShouldBe(body);
    }

    [Fact]
    public async Task Write_OfSingleOctetsBackwards_IsTakenWhole()
    {
        byte[] body = Octets(3_000);
        using IBodyWriter writer = _store.TryBegin()!;
        for (int at = body.Length - 1; at >= 0; at--)
        {
            await WriteAsync(writer, at, body[at..(at + 1)]);
        }

        (await writer.SealAsync(body.Length)).ShouldBe(SHA256.HashData(body));
    }

    [Fact]
    public async Task Seal_CutsWhatIsBeyondTheLength()
    {
        byte[] body = Octets(10_000);
        using IBodyWriter writer = _store.TryBegin()!;
        await WriteAsync(writer, 0, body);

        (await writer.SealAsync(5_000)).ShouldBe(SHA256.HashData(body[..5_000]));
        (await ReadAsync(await writer.CommitAsync(Mailbox, Message), 5_000)).ShouldBe(body[..5_000]);
    }

    [Fact]
    public async Task Seal_OfMoreThanCame_IsRefused()
    {
        using IBodyWriter writer = _store.TryBegin()!;
        await WriteAsync(writer, 0, Octets(100));

        (await Should.ThrowAsync<StorageFailureException>(async () => await writer.SealAsync(101))).Kind.ShouldBe(StorageFailureKind.Refused);
    }

    [Fact]
    public async Task Dispose_WithoutCommit_LeavesNothingAndFreesThePlace()
    {
        for (int i = 0; i < 5; i++)
        {
            using IBodyWriter first = _store.TryBegin().ShouldNotBeNull();
            using IBodyWriter second = _store.TryBegin().ShouldNotBeNull();
            _store.TryBegin().ShouldBeNull();
            await WriteAsync(first, 0, Octets(9_000));
            await first.SealAsync(9_000);
        }

        (await WalkAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task TwoUploadsOfOneMessage_HaveTwoNames()
    {
        BodyName first = await StoreAsync(Octets(10));
        BodyName second = await StoreAsync(Octets(20));

        first.ShouldNotBe(second);
        (await ReadAsync(first, 10)).ShouldBe(Octets(10));
        (await WalkAsync()).Select(body => body.Name).ShouldBe([first, second], ignoreOrder: true);
    }

    [Fact]
    public async Task Open_OfWhatIsNotThereOrOfAnotherLength_IsNothing()
    {
        BodyName name = await StoreAsync(Octets(10));
        BodyName.TryParse($"{Mailbox}/{Message}/{Message}", out BodyName? other).ShouldBeTrue();

        (await _store.OpenAsync(name, 11)).ShouldBeNull();
        (await _store.OpenAsync(other, 10)).ShouldBeNull();
    }

    [Fact]
    public async Task Open_OfMoreThanMayBeRead_FailsUntilOneIsClosed()
    {
        BodyName name = await StoreAsync(Octets(10));
        IBodyReader first = (await _store.OpenAsync(name, 10))!;
        using IBodyReader? second = await _store.OpenAsync(name, 10);

        (await Should.ThrowAsync<StorageFailureException>(async () => await _store.OpenAsync(name, 10))).Kind.ShouldBe(StorageFailureKind.NotExecuted);
        first.Dispose();
        using IBodyReader? third = await _store.OpenAsync(name, 10);
        third.ShouldNotBeNull();
    }

    [Fact]
    public async Task Read_FromAnyPosition_GivesWhatIsThere()
    {
        byte[] body = Octets(20_000);
        using IBodyReader reader = (await _store.OpenAsync(await StoreAsync(body), body.Length))!;
        foreach (int position in (int[])[15_000, 0, 19_999, 4096, 4096, 1])
        {
            ReadOnlyMemory<byte> piece = await reader.ReadAsync(position);
            piece.IsEmpty.ShouldBeFalse();
            piece.ToArray().ShouldBe(body[position..(position + piece.Length)]);
        }

        (await reader.ReadAsync(body.Length)).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Walk_MeetsEveryBodyOnceWithItsTime()
    {
        List<BodyName> stored = [];
        for (int i = 0; i < 7; i++)
        {
            stored.Add(await StoreAsync(Octets(i), $"{(char)('a' + i)}fq2mxk7lwbatz5rc3dh6n4pvy"));
        }

        StoredBody[] met = await WalkAsync();

        met.Select(body => body.Name).ShouldBe(stored, ignoreOrder: true);
        met.ShouldAllBe(body => body.StoredAt == Time.GetUtcNow());
    }

    [Fact]
    public async Task Trash_IsEmptiedByAgeAndInParts()
    {
        BodyName first = await StoreAsync(Octets(1));
        BodyName second = await StoreAsync(Octets(2));
        await _store.TrashAsync(first);
        await _store.TrashAsync(second);
        await _store.TrashAsync(second); // it is not there any more

        (await _store.OpenAsync(first, 1)).ShouldBeNull();
        (await WalkAsync()).ShouldBeEmpty();
        (await _store.EmptyTrashAsync(Time.GetUtcNow(), 10)).ShouldBe(0);
        Time.Advance(Day);
        DateTimeOffset before = Time.GetUtcNow() - TimeSpan.FromHours(2);
        (await _store.EmptyTrashAsync(before, 1)).ShouldBe(1);
        (await _store.EmptyTrashAsync(before, 10)).ShouldBe(1);
        (await _store.EmptyTrashAsync(before, 10)).ShouldBe(0);
    }

    [Fact]
    public async Task Trash_OfABodyThatIsRead_LetsItBeReadToItsEnd()
    {
        byte[] body = Octets(20_000);
        BodyName name = await StoreAsync(body);
        using IBodyReader reader = (await _store.OpenAsync(name, body.Length))!;
        ReadOnlyMemory<byte> first = await reader.ReadAsync(0);

        await _store.TrashAsync(name);

        (await reader.ReadAsync(first.Length)).ToArray().ShouldBe(body[first.Length..][..4096]);
    }

    [Fact]
    public async Task Reopened_HasWhatWasCommittedAndNothingElse()
    {
        byte[] body = Octets(20_000);
        BodyName name = await StoreAsync(body);
        IBodyWriter open = _store.TryBegin()!;
        await WriteAsync(open, 0, body);
        await open.SealAsync(body.Length);

        await CloseAsync();
        _store = await OpenAsync();

        (await ReadAsync(name, body.Length)).ShouldBe(body);
        (await WalkAsync()).Select(found => found.Name).ShouldBe([name]);
    }

    /// <summary>Opens the provider, over what an earlier one left if there was one.</summary>
    protected abstract ValueTask<IBodyStore> OpenAsync();

    /// <summary>Ends the provider; what it stored stays.</summary>
    protected abstract ValueTask CloseAsync();

    private static byte[] Octets(int length)
    {
        byte[] octets = new byte[length];
        new Random(length).NextBytes(octets);
        return octets;
    }

    private static async Task WriteAsync(IBodyWriter writer, long offset, byte[] octets)
    {
        await writer.CaughtUpAsync();
        writer.Write(offset, octets);
    }

    private async Task<BodyName> StoreAsync(byte[] body, string message = Message)
    {
        using IBodyWriter writer = _store.TryBegin()!;
        await WriteAsync(writer, 0, body);
        (await writer.SealAsync(body.Length)).ShouldBe(SHA256.HashData(body));
        return await writer.CommitAsync(Mailbox, message);
    }

    private async Task<byte[]> ReadAsync(BodyName name, long length)
    {
        using IBodyReader reader = (await _store.OpenAsync(name, length)).ShouldNotBeNull();
        reader.Length.ShouldBe(length);
        using var read = new MemoryStream();
        while (await reader.ReadAsync(read.Length) is { IsEmpty: false } piece)
        {
            read.Write(piece.Span);
        }

        return read.ToArray();
    }

    private async Task<StoredBody[]> WalkAsync()
    {
        List<StoredBody> met = [];
        using IBodyWalk walk = _store.Walk();
        while (await walk.NextAsync(3) is { Length: > 0 } page)
        {
            page.Length.ShouldBeLessThanOrEqualTo(3);
            met.AddRange(page);
        }

        return [.. met];
    }
}
