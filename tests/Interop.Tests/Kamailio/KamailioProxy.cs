using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PosteRestante.Client.Sessions;
using PosteRestante.Interop.Tests.Support;
using PosteRestante.TestKit;

namespace PosteRestante.Interop.Tests.Kamailio;

/// <summary>Kamailio with the configuration that the repository offers, on a free port.</summary>
internal sealed class KamailioProxy : IDisposable
{
    /// <summary>The domain of the configuration.</summary>
    public const string Domain = "example.org";

    private const string Folder = "infra/peers/kamailio/";
    private const string ServiceCommand = "dotnet run --project src/Silo -- ";
    private const int Attempts = 5;

    private readonly Running _process;

    private KamailioProxy(Running process, int port)
    {
        _process = process;
        EndPoint = new IPEndPoint(IPAddress.Loopback, port);
    }

    /// <summary>Where it listens, UDP and TCP.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>The configuration file.</summary>
    public static string Configuration => Repository.PathOf(Folder + "kamailio.cfg");

    /// <summary>The settings of the service behind it, from the command that the README shows, but for the port.</summary>
    public static string[] ServiceSettings =>
    [
        .. File.ReadAllLines(Repository.PathOf(Folder + "README.md"))
            .Single(line => line.StartsWith(ServiceCommand, StringComparison.Ordinal))[ServiceCommand.Length..]
            .Split(' ')
            .Where(setting => !setting.StartsWith("--Listeners:SipPort=", StringComparison.Ordinal)),
    ];

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="folder">A folder of the test.</param>
    /// <param name="storePort">The SIP port of the service behind it.</param>
    /// <param name="defines">More values for the top of the file.</param>
    public static async Task<KamailioProxy> StartAsync(string folder, int storePort, params string[] defines)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartAtAsync(Ports.Free(), folder, storePort, defines);
            }
            catch (Exception) when (attempt < Attempts)
            {
                // Somebody took the port in between.
            }
        }
    }

    /// <summary>Starts it at a port that the service behind it has been told.</summary>
    public static async Task<KamailioProxy> StartAtAsync(int port, string folder, int storePort, params string[] defines)
    {
        var kamailio = Peers.Require("kamailio");
        string[] values = [$"PORT={port}", string.Create(CultureInfo.InvariantCulture, $"STORE_PORT=\"{storePort}\""), .. defines];
        var process = Running.Start(
            kamailio,
            folder,
            ["-DD", "-E", "-f", Configuration, "-Y", folder, .. values.SelectMany(value => new[] { "-A", value })]);
        try
        {
            await process.UntilAsync(() => Listens(port), "Kamailio listens");
            return new KamailioProxy(process, port);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>What our client must be told to be a user behind it.</summary>
    public ImClientOptions ClientOf(string user, bool useTcp = false) => new()
    {
        Aor = $"sip:{user}@{Domain}",
        Server = EndPoint,
        DeferredUri = $"sip:Deferred@{Domain}",
        UseTcp = useTcp,
    };

    public void Dispose() => _process.Dispose();

    private static bool Listens(int port)
    {
        using var probe = new TcpClient();
        try
        {
            probe.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
