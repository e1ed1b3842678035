using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using PosteRestante.Grains.Mailbox;
using PosteRestante.Storage.Records;

namespace PosteRestante.Grains.Messages;

/// <summary>
/// Finds the deployment's secret before anything listens. Embedded, it is made of 32 random octets at the first start and
/// kept as a record, durable before it is used. Configured (<see cref="MailboxOptions.KeySecret"/>), only its hash is kept,
/// and a start with another secret is refused.
/// </summary>
public sealed class KeySecrets(RecordStore store, RandomNumberGenerator random, IOptions<MailboxOptions> options)
    : IHostedLifecycleService
{
    private const int FirstKeyId = 1;
    private const string RecordName = "key-secret";

    private static readonly GrainId Owner = GrainId.Create("deployment", "deployment");

    private KeySecret? _secret;

    /// <summary>The secret.</summary>
    /// <exception cref="InvalidOperationException">It has not been loaded.</exception>
    public KeySecret Secret =>
        _secret ?? throw new InvalidOperationException($"The key secret is not there yet: {nameof(LoadAsync)} comes first.");

    /// <summary>Loads the secret, and makes it at the first start.</summary>
    /// <exception cref="InvalidOperationException">The configured secret is not the one that the stored keys were made with.</exception>
    public async Task LoadAsync()
    {
        var configured = options.Value.KeySecret is { Length: > 0 } text ? Convert.FromBase64String(text) : null;
        var record = await ReadOrCreateAsync(configured);
        var octets = configured ?? record.Octets.AsSpan().ToArray();
        if (!SHA256.HashData(octets).AsSpan().SequenceEqual(record.Hash.AsSpan()))
        {
            throw new InvalidOperationException(
                $"{MailboxOptions.SectionName}:{nameof(MailboxOptions.KeySecret)} is not the secret that the stored message "
                + "keys were made with: restore the former secret, or start over an empty store.");
        }

        _secret = new KeySecret(record.KeyId, octets);
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => LoadAsync();

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<KeySecretRecord> ReadOrCreateAsync(byte[]? configured)
    {
        var stored = await store.ReadAsync<KeySecretRecord>(RecordName, Owner);
        if (stored.Exists)
        {
            return stored.Value!;
        }

        var octets = configured ?? Draw();
        var record = new KeySecretRecord
        {
            KeyId = FirstKeyId,
            Octets = configured is null ? [.. octets] : [],
            Hash = [.. SHA256.HashData(octets)],
        };
        var created = await store.CreateAsync(RecordName, Owner, record);
        return created is not null ? record : (await store.ReadAsync<KeySecretRecord>(RecordName, Owner)).Value!;
    }

    private byte[] Draw()
    {
        var octets = new byte[KeySecret.Length];
        random.GetBytes(octets);
        return octets;
    }
}
