using System.Net.Sockets;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using PosteRestante.Client.Settings;
using PosteRestante.Grains;
using PosteRestante.Grains.Messages;
using PosteRestante.Silo.Accounts;
using PosteRestante.Silo.Configuration;
using PosteRestante.Silo.Data;
using PosteRestante.Silo.Health;
using PosteRestante.Silo.Listeners;
using PosteRestante.Silo.Shutdown;
using PosteRestante.Silo.Telemetry;
using PosteRestante.Silo.Tls;
using PosteRestante.SipEdge.Accounts;
using PosteRestante.SipEdge.Services;
using PosteRestante.Storage;
using PosteRestante.Storage.Bodies;
using PosteRestante.Storage.Sqlite;

namespace PosteRestante.Silo.Hosting;

/// <summary>
/// The whole service in one process. Up: folder, ports, store and key secret, grains, edge, listeners, ready. Down: the
/// same way back, after what is under way has been finished.
/// </summary>
public sealed class SiloServer : IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly ListenerSockets _sockets;
    private readonly WebApplication _application;

    private SiloServer(DataFolder folder, ListenerSockets sockets, WebApplication application, ClientFile client)
    {
        _folder = folder;
        _sockets = sockets;
        _application = application;
        Client = client;
    }

    /// <summary>What a client needs to know; also in the data folder.</summary>
    public ClientFile Client { get; }

    /// <summary>The data folder.</summary>
    public string Folder => _folder.Path;

    /// <summary>Ports that were taken and replaced by free ones.</summary>
    public IReadOnlyList<ReplacedPort> ReplacedPorts => _sockets.Replaced;

    /// <summary>Cancelled when the service has been told to stop.</summary>
    public CancellationToken Stopping => _application.Lifetime.ApplicationStopping;

    /// <summary>The log of the process.</summary>
    public ILoggerFactory Loggers => _application.Services.GetRequiredService<ILoggerFactory>();

    /// <summary>Takes folder and ports, and puts the service together; nothing listens yet.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="configure">Adds services of the caller's own: observers of a demo or a test.</param>
    /// <exception cref="StartRefusedException">Folder or ports cannot be had.</exception>
    public static SiloServer Create(IConfigurationRoot settings, Action<IServiceCollection>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        DataFolder? folder = null;
        ListenerSockets? sockets = null;
        try
        {
            folder = DataFolder.Open(Section<DataOptions>(settings, DataOptions.SectionName));
            sockets = ListenerSockets.Bind(
                Section<ListenerOptions>(settings, ListenerOptions.SectionName), Section<TlsOptions>(settings, TlsOptions.SectionName).IsOn);
            var accounts = SeedAccounts(settings, folder);
            return new SiloServer(folder, sockets, Build(settings, folder, sockets, configure), Describe(settings, sockets, accounts));
        }
        catch
        {
            sockets?.Dispose();
            folder?.Dispose();
            throw;
        }
    }

    /// <summary>Starts everything; when it returns, the service is ready and the data folder has its client file.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        try
        {
            await LoadKeySecretAsync();
            await _application.StartAsync(cancellation);
        }
        catch (OptionsValidationException refused)
        {
            throw new StartRefusedException([.. refused.Failures]);
        }
        catch (StorageFailureException failure)
        {
            throw new StartRefusedException(failure.Message, failure);
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            // The ports were free when they were bound, and another process listens on one by now.
            throw new StartRefusedException(
                $"Another process has begun to listen on {_sockets.Sip}, {_sockets.Msrp} or {_sockets.Http}; stop it, or set another port in {ListenerOptions.SectionName}.",
                failure);
        }

        PrivateFile.Write(_folder.PathOf(ClientFile.FileName), Client.ToJson());
    }

    /// <summary>Completes when the service has been told to stop (SIGTERM, Ctrl+C) and has stopped.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellation) => _application.WaitForShutdownAsync(cancellation);

    /// <summary>Stops in order.</summary>
    public Task StopAsync(CancellationToken cancellation) => _application.StopAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _sockets.Dispose();
        _folder.Dispose();
    }

    /// <summary>Opens the store, and makes the secret durable in it at the first start; only then anything may listen.</summary>
    private async Task LoadKeySecretAsync()
    {
        var secrets = _application.Services.GetRequiredService<KeySecrets>();
        try
        {
            await secrets.LoadAsync();
        }
        catch (InvalidOperationException refused)
        {
            throw new StartRefusedException(refused.Message, refused);
        }
    }

    private static WebApplication Build(IConfigurationRoot settings, DataFolder folder, ListenerSockets sockets, Action<IServiceCollection>? configure)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddConfiguration(settings);
        AddLogging(builder);
        SiloSections.All.Register(builder.Services, builder.Configuration);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(folder);
        builder.Services.AddSingleton(sockets);
        builder.Services.AddMetrics();
        builder.Services.AddRoutingCore();
        builder.Services.AddProbes();

        // The order of what follows is the order of the start, and backwards that of the stop; Kestrel comes last.
        builder.Services.AddHostedService<TelemetryService>();
        AddStore(builder, folder);
        builder.Services.AddPosteRestanteGrains();
        builder.AddGrainRuntime();
        builder.Services.AddHostedService<GrainsReadyService>();
        builder.Services.AddHostedService<BodySweepService>();
        builder.Services.AddTls();
        builder.Services.AddLoop();
        builder.Services.AddSip();
        builder.Services.AddMsrp();
        builder.Services.AddDeferredMessaging();
        builder.Services.AddHostedService<EdgeService>();
        builder.AddListeners(sockets);
        AddShutdown(builder, settings);
        configure?.Invoke(builder.Services);

        var application = builder.Build();
        application.MapProbes();
        return application;
    }

    private static void AddLogging(WebApplicationBuilder builder)
    {
        // A probe that asks too early is no failure of ours; what it found is its answer.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
    }

    private static void AddStore(WebApplicationBuilder builder, DataFolder folder)
    {
        const string RecordsKey = $"{SqliteStoreOptions.SectionName}:{nameof(SqliteStoreOptions.Folder)}";
        const string BodiesKey = $"{BodyStoreOptions.SectionName}:{nameof(BodyStoreOptions.Folder)}";
        if (builder.Configuration[RecordsKey] is null)
        {
            builder.Services.PostConfigure<SqliteStoreOptions>(store => store.Folder = folder.PathOf("store"));
        }

        if (builder.Configuration[BodiesKey] is null)
        {
            builder.Services.PostConfigure<SqliteStoreOptions>(store => store.Bodies.Folder = folder.PathOf("bodies"));
        }

        builder.Services.AddHostedService<StoreService>();
    }

    private static void AddShutdown(WebApplicationBuilder builder, IConfigurationRoot settings)
    {
        var options = Section<ShutdownOptions>(settings, ShutdownOptions.SectionName);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainDeadline + options.CloseDeadline);
    }

    private static IReadOnlyList<ClientAccount> SeedAccounts(IConfigurationRoot settings, DataFolder folder)
    {
        if (!DefaultAccounts.AreWanted(Section<AccountOptions>(settings, AccountOptions.SectionName)))
        {
            return [];
        }

        var accounts = DefaultAccounts.ReadOrMake(folder, Section<ServiceOptions>(settings, ServiceOptions.SectionName).Host);
        settings[$"{AccountOptions.SectionName}:{nameof(AccountOptions.File)}"] = DefaultAccounts.PathIn(folder);
        return accounts;
    }

    private static ClientFile Describe(IConfigurationRoot settings, ListenerSockets sockets, IReadOnlyList<ClientAccount> accounts)
    {
        var service = Section<ServiceOptions>(settings, ServiceOptions.SectionName);
        return new ClientFile
        {
            Host = service.Host,
            SipAddress = sockets.Advertised.ToString(),
            SipPort = sockets.Sip.Port,
            MsrpPort = sockets.Msrp.Port,
            SipsPort = sockets.Sips?.Port,
            MsrpsPort = sockets.Msrps?.Port,
            Http = new UriBuilder(Uri.UriSchemeHttp, sockets.Advertised.ToString(), sockets.Http.Port).Uri,
            DeferredUri = service.DeferredUris.FirstOrDefault() ?? $"sip:Deferred@{service.Host}",
            Accounts = accounts,
        };
    }

    private static TOptions Section<TOptions>(IConfigurationRoot settings, string name)
        where TOptions : class, new() => settings.GetSection(name).Get<TOptions>() ?? new TOptions();
}
