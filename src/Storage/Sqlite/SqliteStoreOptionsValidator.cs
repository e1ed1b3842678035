using Microsoft.Extensions.Options;
using PosteRestante.Storage.Bodies;
using PosteRestante.Storage.Engine;

namespace PosteRestante.Storage.Sqlite;

/// <summary>Names every value that the store cannot run with.</summary>
internal sealed class SqliteStoreOptionsValidator : IValidateOptions<SqliteStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, SqliteStoreOptions options)
    {
        List<string> failures = [];
        StoreLimitsOptions limits = options.Limits;
        Require(!string.IsNullOrWhiteSpace(options.Folder), nameof(options.Folder), "must name a folder");
        AtLeast(options.SegmentBytes, 1024 * 1024, nameof(options.SegmentBytes));
        AtLeast(options.TableCacheBytes, 1024 * 1024, nameof(options.TableCacheBytes));
        AtLeast(options.ReaderCacheBytes, 1024 * 1024, nameof(options.ReaderCacheBytes));
        AtLeast(options.RecentKeys, 1, nameof(options.RecentKeys));
        AtLeast(limits.QueuedWrites, 1, Limit(nameof(limits.QueuedWrites)));
        AtLeast(limits.QueuedReads, 1, Limit(nameof(limits.QueuedReads)));
        AtLeast(limits.BatchBytes, 4096, Limit(nameof(limits.BatchBytes)));
        AtLeast(limits.RecordBytes, 4096, Limit(nameof(limits.RecordBytes)));
        AtLeast(limits.NameBytes, 128, Limit(nameof(limits.NameBytes)));
        AtLeast(limits.RoundBytes, 1024 * 1024, Limit(nameof(limits.RoundBytes)));
        AtLeast(limits.SyncBytes, 1024 * 1024, Limit(nameof(limits.SyncBytes)));
        AtLeast(limits.FilterBytes, 1024 * 1024, Limit(nameof(limits.FilterBytes)));
        AtLeast(limits.RememberedVersions, 2, Limit(nameof(limits.RememberedVersions)));
        Require(limits.PendingBytes > limits.RoundBytes, Limit(nameof(limits.PendingBytes)), $"must be more than {nameof(limits.RoundBytes)}");
        Require(limits.RoundInterval > TimeSpan.Zero, Limit(nameof(limits.RoundInterval)), "must be more than zero");
        Require(limits.ApplyRetryDelay > TimeSpan.Zero, Limit(nameof(limits.ApplyRetryDelay)), "must be more than zero");
        BodyStoreOptions bodies = options.Bodies;
        Require(!string.IsNullOrWhiteSpace(bodies.Folder), Body(nameof(bodies.Folder)), "must name a folder");
        AtLeast(bodies.MaxOpen, 1, Body(nameof(bodies.MaxOpen)));
        AtLeast(bodies.PieceBytes, 4096, Body(nameof(bodies.PieceBytes)));
        AtLeast(bodies.QueuedPieces, 1, Body(nameof(bodies.QueuedPieces)));
        AtLeast(bodies.SyncBytes, 4096, Body(nameof(bodies.SyncBytes)));
        AtLeast(bodies.Threads, 1, Body(nameof(bodies.Threads)));
        AtLeast(bodies.Sweep.StepBodies, 1, Sweep(nameof(bodies.Sweep.StepBodies)));
        Require(bodies.Sweep.StepInterval > TimeSpan.Zero, Sweep(nameof(bodies.Sweep.StepInterval)), "must be more than zero");
        Require(bodies.Sweep.RoundInterval > TimeSpan.Zero, Sweep(nameof(bodies.Sweep.RoundInterval)), "must be more than zero");
        Require(bodies.Sweep.Grace >= TimeSpan.FromMinutes(5), Sweep(nameof(bodies.Sweep.Grace)), "must be at least five minutes: a deposit may be on its way");
        Require(bodies.Sweep.TrashRetention >= TimeSpan.Zero, Sweep(nameof(bodies.Sweep.TrashRetention)), "must not be negative");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        static string Limit(string key) => $"{nameof(SqliteStoreOptions.Limits)}:{key}";

        static string Sweep(string key) => Body($"{nameof(BodyStoreOptions.Sweep)}:{key}");

        static string Body(string key) => $"{nameof(SqliteStoreOptions.Bodies)}:{key}";

        void AtLeast(long value, long least, string key) => Require(value >= least, key, $"must be at least {least}");

        void Require(bool holds, string key, string rule)
        {
            if (!holds)
            {
                failures.Add($"{SqliteStoreOptions.SectionName}:{key} {rule}.");
            }
        }
    }
}
