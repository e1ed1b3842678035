using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.SipEdge.Delivery;
using PosteRestante.SipEdge.Handover;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.Storage.Bodies;
using PosteRestante.Storage.Bodies.Simulated;

namespace PosteRestante.SipEdge.Tests.Delivery;

public sealed class OutgoingBodyTests
{
    private const string Mailbox = "bob@example.net";
    private const string Message = "aaaaaaaaaaaaaaaaaaaaaaaaaa";

    private readonly SimulatedLoop _loop = new(1);
    private readonly SimulatedBodyStore _store;
    private readonly byte[] _octets = new byte[100_000];

    public OutgoingBodyTests()
    {
        _store = new SimulatedBodyStore(new SimulatedBodyDisk(), _loop.Time, new BodyStoreOptions { PieceBytes = 30_000, MaxOpen = 1 });
        new Random(1).NextBytes(_octets);
    }

    [Fact]
    public async Task Read_PieceByPiece_GivesHeadBodyAndTail()
    {
        using var body = Open(await StoreAsync());
        var read = new List<byte>();

        while (read.Count < _octets.Length + 8)
        {
            var piece = await body.ReadAsync(read.Count);
            piece.IsEmpty.ShouldBeFalse();
            read.AddRange(piece.Span.Length > 7_000 ? piece.Span[..7_000] : piece.Span); // the rest of a piece is given again
        }

        read.ShouldBe([.. "head"u8, .. _octets, .. "tail"u8]);
        body.Fault.ShouldBe(BodyFault.None);
    }

    [Fact]
    public async Task FirstPiece_HoldsMoreThanTheHead()
    {
        using var body = Open(await StoreAsync());

        (await body.ReadAsync(0)).Length.ShouldBeGreaterThan(2048);
    }

    [Fact]
    public async Task Body_ThatIsNotThere_IsLost()
    {
        var name = await StoreAsync();
        await _store.TrashAsync(name);
        using var body = Open(name);

        (await body.ReadAsync(0)).IsEmpty.ShouldBeTrue();
        body.Fault.ShouldBe(BodyFault.Lost);
    }

    [Fact]
    public async Task Body_OfAnotherLength_IsLost()
    {
        using var body = new OutgoingBody(Content(await StoreAsync(), _octets.Length + 1), _store, _loop, retries: 0);

        (await body.ReadAsync(0)).IsEmpty.ShouldBeTrue();
        body.Fault.ShouldBe(BodyFault.Lost);
    }

    [Fact]
    public async Task Store_WithAllItsReadersInUse_IsUnavailable()
    {
        var name = await StoreAsync();
        using var other = await _store.OpenAsync(name, _octets.Length);
        using var body = Open(name);

        (await body.ReadAsync(0)).IsEmpty.ShouldBeTrue();
        body.Fault.ShouldBe(BodyFault.Unavailable);
    }

    [Fact]
    public async Task Body_ThatIsSettled_GivesItsReaderBackAndIsNoFault()
    {
        var name = await StoreAsync();
        var body = Open(name);
        _ = await body.ReadAsync(0);

        body.Dispose();

        (await body.ReadAsync(50_000)).IsEmpty.ShouldBeTrue();
        body.Fault.ShouldBe(BodyFault.None);
        using var next = await _store.OpenAsync(name, _octets.Length);
        next.ShouldNotBeNull();
    }

    private OutgoingBody Open(BodyName name) => new(Content(name, _octets.Length), _store, _loop, retries: 0);

    private static HandoverContent Content(BodyName name, long length) => new()
    {
        ContentType = "multipart/mixed;boundary=p",
        OriginalType = "message/msrp",
        Head = "head"u8.ToArray(),
        Body = new BodyReference { Name = name.ToString(), Length = length },
        Tail = "tail"u8.ToArray(),
    };

    private async Task<BodyName> StoreAsync()
    {
        using var writer = _store.TryBegin()!;
        writer.Write(0, _octets);
        _ = await writer.SealAsync(_octets.Length);
        return await writer.CommitAsync(Mailbox, Message);
    }
}
