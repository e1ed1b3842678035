using System.Globalization;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Grains.Messages;
using PosteRestante.Grains.Settings;
using PosteRestante.Storage;
using PosteRestante.Storage.Records;

namespace PosteRestante.Grains.Records;

/// <summary>The records in the <see cref="RecordStore"/>. Its failures are logged here and become outcomes.</summary>
internal sealed partial class StoredRecords(RecordStore store, ILogger<StoredRecords> logger)
    : IMailboxRecords, IMessageRecords, ISettingsRecords
{
    private const string HeadName = "head";
    private const string MessageName = "message";
    private const string SettingsName = "settings";

    /// <inheritdoc/>
    public ValueTask<RecordRead<MailboxHead>> ReadHeadAsync(GrainId owner) => ReadAsync<MailboxHead>(HeadName, owner);

    /// <inheritdoc/>
    public ValueTask<RecordWrite> WriteHeadAsync(GrainId owner, MailboxHead head, string? etag) =>
        WriteAsync(HeadName, owner, head, etag);

    /// <inheritdoc/>
    public async ValueTask<RecordRead<IndexPage>> ReadPageAsync(GrainId owner, ulong pageId)
    {
        var read = await ReadAsync<IndexPage>(PageName(pageId), owner);
        return read.Value is { IsRetired: true } ? new RecordRead<IndexPage>(RecordReadStatus.Absent, null, null) : read;
    }

    /// <inheritdoc/>
    public ValueTask<RecordWrite> CreatePageAsync(GrainId owner, ulong pageId, IndexPage page) =>
        WriteAsync(PageName(pageId), owner, page, etag: null);

    /// <inheritdoc/>
    public async ValueTask RetirePageAsync(GrainId owner, PageVersion page) =>
        await WriteAsync(PageName(page.PageId), owner, IndexPage.Retired, page.Etag);

    /// <inheritdoc/>
    public ValueTask<RecordRead<MessageRecord>> ReadAsync(GrainId owner) => ReadAsync<MessageRecord>(MessageName, owner);

    /// <inheritdoc/>
    public ValueTask<RecordWrite> WriteAsync(GrainId owner, MessageRecord record, string? etag) =>
        WriteAsync(MessageName, owner, record, etag);

    /// <inheritdoc/>
    public ValueTask<RecordRead<SettingsRecord>> ReadSettingsAsync(GrainId owner) => ReadAsync<SettingsRecord>(SettingsName, owner);

    /// <inheritdoc/>
    public ValueTask<RecordWrite> WriteSettingsAsync(GrainId owner, SettingsRecord record, string? etag) =>
        WriteAsync(SettingsName, owner, record, etag);

    private static string PageName(ulong pageId) => string.Create(CultureInfo.InvariantCulture, $"page-{pageId:x16}");

    private async ValueTask<RecordRead<T>> ReadAsync<T>(string name, GrainId owner)
        where T : class
    {
        try
        {
            var record = await store.ReadAsync<T>(name, owner);
            return record.Exists
                ? new RecordRead<T>(RecordReadStatus.Found, record.Value, record.ETag)
                : new RecordRead<T>(RecordReadStatus.Absent, null, null);
        }
        catch (StorageFailureException failure)
        {
            LogFailure(failure, "read", failure.Kind);
            return new RecordRead<T>(RecordReadStatus.Unavailable, null, null);
        }
    }

    private async ValueTask<RecordWrite> WriteAsync<T>(string name, GrainId owner, T record, string? etag)
    {
        try
        {
            var next = etag is null
                ? await store.CreateAsync(name, owner, record)
                : await store.ReplaceAsync(name, owner, record, etag);
            return new RecordWrite(next is null ? RecordWriteStatus.Conflict : RecordWriteStatus.Written, next);
        }
        catch (StorageFailureException failure)
        {
            LogFailure(failure, "written", failure.Kind);
            return new RecordWrite(RecordWriteStatus.Unavailable, null);
        }
    }

    private void LogFailure(StorageFailureException failure, string deed, StorageFailureKind kind)
    {
        if (kind is StorageFailureKind.Damaged or StorageFailureKind.Refused)
        {
            LogUnusable(logger, deed, kind, failure);
        }
        else
        {
            LogUnavailable(logger, deed, kind, failure);
        }
    }

    [LoggerMessage(LogLevel.Error, "A record could not be {Deed}, and trying again will not help: {Kind}.")]
    private static partial void LogUnusable(ILogger logger, string deed, StorageFailureKind kind, Exception failure);

    [LoggerMessage(LogLevel.Warning, "A record could not be {Deed} now: {Kind}.")]
    private static partial void LogUnavailable(ILogger logger, string deed, StorageFailureKind kind, Exception failure);
}
