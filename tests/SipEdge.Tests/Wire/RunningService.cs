using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PosteRestante.Silo.Hosting;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>The whole service in this process, on free ports of the loopback, with a data folder of its own.</summary>
public abstract class RunningService : IAsyncLifetime
{
    // One for each test that needs a mailbox nobody else writes to.
    private static readonly string[] Names =
        ["dave", "erin", "frank", "grace", "heidi", "ivan", "judy", "kim", "leo", "mia", "nora", "olga", "paul", "quinn", "ruth", "sybil", "trent"];

    private readonly string _folder = Directory.CreateTempSubdirectory("poste-edge-").FullName;
    private SiloServer? _server;

    /// <summary>The SIP listener, UDP and TCP.</summary>
    public IPEndPoint Sip => new(IPAddress.Loopback, _server!.Client.SipPort);

    /// <summary>The MSRP listener.</summary>
    public IPEndPoint Msrp => new(IPAddress.Loopback, _server!.Client.MsrpPort);

    /// <summary>The listener of SIP over TLS, of a service that has a certificate.</summary>
    public IPEndPoint Sips => new(IPAddress.Loopback, _server!.Client.SipsPort!.Value);

    /// <summary>The listener of MSRP over TLS, of a service that has a certificate.</summary>
    public IPEndPoint Msrps => new(IPAddress.Loopback, _server!.Client.MsrpsPort!.Value);

    /// <summary>The settings of this service.</summary>
    protected abstract IEnumerable<KeyValuePair<string, string?>> Settings { get; }

    /// <summary>Gives back what the settings needed.</summary>
    protected virtual void Clean()
    {
    }

    /// <summary>Adds services of the test's own.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Dictionary<string, string?> settings = new()
        {
            ["Data:Folder"] = _folder,
            ["Listeners:SipPort"] = "0",
            ["Sip:Overload:MaxQueueAge"] = "00:00:30", // other tests keep the machine busy, which is no overload of the service
            ["Listeners:MsrpPort"] = "0",
            ["Listeners:HttpPort"] = "0",
            ["Listeners:SipsPort"] = "0",
            ["Listeners:MsrpsPort"] = "0",
            ["Logging:LogLevel:Default"] = "Warning",
            ["Delivery:ReportWait"] = "00:00:00.200",
            ["Service:Host"] = "im.example.net",
            ["Accounts:Users:0:Aor"] = "sip:alice@example.net",
            ["Accounts:Users:0:Password"] = "wonderland",
            ["Accounts:Users:1:Aor"] = "sip:bob@example.net",
            ["Accounts:Users:1:Password"] = "builder",
            ["Accounts:Users:2:Aor"] = "sip:carol@example.net",
            ["Accounts:Users:2:Password"] = "christmas",
            ["Accounts:Users:2:MayRetrieve"] = "false",
        };
        foreach (var (name, index) in Names.Select((name, index) => (name, index)))
        {
            settings[$"Accounts:Users:{index + 3}:Aor"] = $"sip:{name}@example.net";
        }

        foreach (var (key, value) in Settings)
        {
            settings[key] = value;
        }

        // On the command line they come before those of the settings file.
        _server = SiloServer.Create(Silo.Configuration.Settings.Load([.. settings.Select(setting => $"--{setting.Key}={setting.Value}")], []), Configure);
        await _server.StartAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.StopAsync(CancellationToken.None);
            await _server.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
        Clean();
        GC.SuppressFinalize(this);
    }
}
