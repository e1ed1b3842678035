using Orleans;
using PosteRestante.Grains.Interfaces.Settings;
using PosteRestante.Grains.Records;

namespace PosteRestante.Grains.Settings;

/// <summary>
/// A user's service settings. Nothing is kept between calls: the record is read each time and replaced by compare-and-swap,
/// so that a stale activation can change nothing.
/// </summary>
public sealed class ServiceSettings : Grain, IServiceSettings
{
    private const int MaxAttempts = 4;

    private readonly ISettingsRecords _records;

    /// <summary>Makes the activation of a user's settings.</summary>
    public ServiceSettings(SettingsServices services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _records = services.Records;
    }

    /// <inheritdoc/>
    public async ValueTask<SettingsPublished> PublishAsync(PublishSettings request)
    {
        ArgumentNullException.ThrowIfNull(request);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var read = await _records.ReadSettingsAsync(this.GetGrainId());
            if (read.Status == RecordReadStatus.Unavailable)
            {
                break;
            }

            var stored = read.Value ?? new SettingsRecord();
            if (SettingsRules.Apply(stored, request) is not { } wanted)
            {
                return new SettingsPublished { Outcome = SettingsOutcome.Stale };
            }

            if (wanted == stored)
            {
                return Taken(stored);
            }

            var write = await _records.WriteSettingsAsync(this.GetGrainId(), wanted, read.Etag);
            if (write.Status == RecordWriteStatus.Written)
            {
                return Taken(wanted);
            }

            if (write.Status == RecordWriteStatus.Unavailable)
            {
                break;
            }
        }

        return new SettingsPublished { Outcome = SettingsOutcome.StoreUnavailable };
    }

    private static SettingsPublished Taken(SettingsRecord record) => new()
    {
        Outcome = SettingsOutcome.Taken,
        Version = record.Version,
        IsActive = record.IsActive,
    };
}
