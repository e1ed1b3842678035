using System.Net;
using PosteRestante.Silo.Hosting;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>The whole service in this process, on free ports of the loopback, with a data folder of its own.</summary>
public abstract class RunningService : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("poste-edge-").FullName;
    private SiloServer? _server;

    /// <summary>The SIP listener, UDP and TCP.</summary>
    public IPEndPoint Sip => new(IPAddress.Loopback, _server!.Client.SipPort);

    /// <summary>The MSRP listener.</summary>
    public IPEndPoint Msrp => new(IPAddress.Loopback, _server!.Client.MsrpPort);

    /// <summary>The settings of this service.</summary>
    protected abstract IEnumerable<KeyValuePair<string, string?>> Settings { get; }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Dictionary<string, string?> settings = new(Settings)
        {
            ["Data:Folder"] = _folder,
            ["Listeners:SipPort"] = "0",
            ["Listeners:MsrpPort"] = "0",
            ["Listeners:HttpPort"] = "0",
            ["Logging:LogLevel:Default"] = "Warning",
            ["Service:Host"] = "im.example.net",
            ["Accounts:Users:0:Aor"] = "sip:alice@example.net",
            ["Accounts:Users:0:Password"] = "wonderland",
            ["Accounts:Users:1:Aor"] = "sip:bob@example.net",
            ["Accounts:Users:1:Password"] = "builder",
            ["Accounts:Users:2:Aor"] = "sip:carol@example.net",
            ["Accounts:Users:2:Password"] = "christmas",
            ["Accounts:Users:2:MayRetrieve"] = "false",
            ["Accounts:Users:3:Aor"] = "sip:dave@example.net",
            ["Accounts:Users:4:Aor"] = "sip:erin@example.net",
            ["Accounts:Users:5:Aor"] = "sip:frank@example.net",
            ["Accounts:Users:6:Aor"] = "sip:grace@example.net",
            ["Accounts:Users:7:Aor"] = "sip:heidi@example.net",
        };
        // On the command line they come before those of the settings file.
        _server = SiloServer.Create(Silo.Configuration.Settings.Load([.. settings.Select(setting => $"--{setting.Key}={setting.Value}")], []));
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
        GC.SuppressFinalize(this);
    }
}
