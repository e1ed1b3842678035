using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using PosteRestante.Storage.Hosting;
using PosteRestante.Storage.Records;
using PosteRestante.Storage.Sqlite;
using PosteRestante.Storage.Tests.Serialization;
using PosteRestante.TestKit;

namespace PosteRestante.Storage.Tests.Sqlite;

public sealed class SqliteStoreOptionsTests
{
    [Fact]
    public void Validate_Defaults_Succeed() =>
        new SqliteStoreOptionsValidator().Validate(null, new SqliteStoreOptions()).Succeeded.ShouldBeTrue();

    [Fact]
    public void Validate_ImpossibleValues_NamesEveryKey()
    {
        var options = new SqliteStoreOptions { Folder = " ", RecentKeys = 0 };
        options.Limits.PendingBytes = options.Limits.RoundBytes;
        options.Limits.RoundInterval = TimeSpan.Zero;

        ValidateOptionsResult result = new SqliteStoreOptionsValidator().Validate(null, options);

        result.Failures.ShouldBe(
        [
            "Storage:Folder must name a folder.",
            "Storage:RecentKeys must be at least 1.",
            "Storage:Limits:PendingBytes must be more than RoundBytes.",
            "Storage:Limits:RoundInterval must be more than zero.",
        ]);
    }

    [Fact]
    public async Task AddSqliteRecords_WithACodec_KeepsRecordsInTheFolder()
    {
        using var folder = new TemporaryFolder();
        var owner = GrainId.Create("mailbox", "s.alice");
        var sample = new SampleRecord("text", null, [1, 2, 3], 7, DateTimeOffset.UnixEpoch);
        await using (ServiceProvider services = Services(folder.Path))
        {
            (await services.GetRequiredService<RecordStore>().CreateAsync("sample", owner, sample)).ShouldNotBeNull();
        }

        await using (ServiceProvider services = Services(folder.Path))
        {
            Record<SampleRecord> record = await services.GetRequiredService<RecordStore>().ReadAsync<SampleRecord>("sample", owner);
            record.Value!.Text.ShouldBe("text");
            record.Value.Octets.ToArray().ShouldBe([1, 2, 3]);
        }
    }

    [Fact]
    public async Task AddSqliteRecords_WithAnUnknownKey_DoesNotStart()
    {
        using var folder = new TemporaryFolder();
        await using ServiceProvider services = Services(folder.Path, ("Storage:Foldr", "x"));

        Should.Throw<InvalidOperationException>(services.GetRequiredService<RecordStore>).Message.ShouldContain("Foldr");
    }

    private static ServiceProvider Services(string folder, params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection([new("Storage:Folder", folder), .. settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))])
            .Build());
        services.AddLogging().AddMetrics().AddSqliteRecords().AddRecordCodec<SampleRecord, SampleRecordCodec>();
        return services.BuildServiceProvider();
    }
}
