using Orleans.Runtime;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Grains.Messages;
using PosteRestante.Grains.Records;
using PosteRestante.Storage.Serialization;

namespace PosteRestante.Grains.Tests.Simulation;

/// <summary>A store in memory whose every access takes turns and may fail; it outlives the activations.</summary>
internal sealed class SimulatedRecords(SeededPump pump, Random random) : IMailboxRecords, IMessageRecords
{
    private static readonly RecordSerializer Serializer = new(
    [
        RecordCodecRegistration.Of(new MailboxHeadCodec()),
        RecordCodecRegistration.Of(new IndexPageCodec()),
        RecordCodecRegistration.Of(new MessageRecordCodec()),
    ]);

    private readonly Dictionary<string, (byte[] Octets, string Etag)> _stored = [];
    private long _etags;

    public Faults Faults { get; set; } = Faults.None;

    /// <summary>The next head write is made, but its answer says otherwise.</summary>
    public bool LoseNextHeadAnswer { get; set; }

    public int HeadWrites { get; private set; }

    public int PageWrites { get; private set; }

    public int MessageWrites { get; private set; }

    /// <summary>Pages that are stored and not retired.</summary>
    public int LivePages => _stored.Count(one =>
        one.Key.StartsWith("page", StringComparison.Ordinal) && !Serializer.FromOctets<IndexPage>(one.Value.Octets).IsRetired);

    public ValueTask<RecordRead<MailboxHead>> ReadHeadAsync(GrainId owner) => ReadAsync<MailboxHead>($"head {owner}");

    public async ValueTask<RecordWrite> WriteHeadAsync(GrainId owner, MailboxHead head, string? etag)
    {
        HeadWrites++;
        var write = await WriteAsync($"head {owner}", head, etag);
        if (!LoseNextHeadAnswer)
        {
            return write;
        }

        LoseNextHeadAnswer = false;
        return new RecordWrite(RecordWriteStatus.Unavailable, null);
    }

    /// <summary>Takes a record away, as no store should.</summary>
    public void Damage(string name) => _stored.Remove(name).ShouldBeTrue(name);

    public async ValueTask<RecordRead<IndexPage>> ReadPageAsync(GrainId owner, ulong pageId)
    {
        var read = await ReadAsync<IndexPage>($"page {owner} {pageId}");
        return read.Value is { IsRetired: true } ? new RecordRead<IndexPage>(RecordReadStatus.Absent, null, null) : read;
    }

    public ValueTask<RecordWrite> CreatePageAsync(GrainId owner, ulong pageId, IndexPage page)
    {
        PageWrites++;
        return WriteAsync($"page {owner} {pageId}", page, null);
    }

    public async ValueTask RetirePageAsync(GrainId owner, PageVersion page) =>
        await WriteAsync($"page {owner} {page.PageId}", IndexPage.Retired, page.Etag);

    public ValueTask<RecordRead<MessageRecord>> ReadAsync(GrainId owner) => ReadAsync<MessageRecord>($"message {owner}");

    public ValueTask<RecordWrite> WriteAsync(GrainId owner, MessageRecord record, string? etag)
    {
        MessageWrites++;
        return WriteAsync($"message {owner}", record, etag);
    }

    /// <summary>What is stored, past all faults.</summary>
    public T? Peek<T>(string kind, GrainId owner)
        where T : class => _stored.TryGetValue($"{kind} {owner}", out var record) ? Serializer.FromOctets<T>(record.Octets) : null;

    private async ValueTask<RecordRead<T>> ReadAsync<T>(string name)
        where T : class
    {
        await pump.StepAsync();
        if (Happens(Faults.FailBefore))
        {
            return new RecordRead<T>(RecordReadStatus.Unavailable, null, null);
        }

        return _stored.TryGetValue(name, out var record)
            ? new RecordRead<T>(RecordReadStatus.Found, Serializer.FromOctets<T>(record.Octets), record.Etag)
            : new RecordRead<T>(RecordReadStatus.Absent, null, null);
    }

    private async ValueTask<RecordWrite> WriteAsync<T>(string name, T record, string? etag)
    {
        var octets = Serializer.ToOctets(record);
        await pump.StepAsync();
        if (Happens(Faults.FailBefore))
        {
            return new RecordWrite(RecordWriteStatus.Unavailable, null);
        }

        var write = Write(name, octets, etag);
        if (Happens(Faults.Doubled))
        {
            write = Write(name, octets, etag);
        }

        await pump.StepAsync();
        return Happens(Faults.FailAfter) ? new RecordWrite(RecordWriteStatus.Unavailable, null) : write;
    }

    private RecordWrite Write(string name, byte[] octets, string? etag)
    {
        var current = _stored.TryGetValue(name, out var record) ? record.Etag : null;
        if (current != etag)
        {
            return new RecordWrite(RecordWriteStatus.Conflict, null);
        }

        var next = $"{++_etags}";
        _stored[name] = (octets, next);
        return new RecordWrite(RecordWriteStatus.Written, next);
    }

    private bool Happens(int perMille) => perMille > 0 && random.Next(1000) < perMille;
}
