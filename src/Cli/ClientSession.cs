using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using PosteRestante.Cli.Commands;
using PosteRestante.Cli.Reception;
using PosteRestante.Client.Retrieval;
using PosteRestante.Client.Retrieval.Large;
using PosteRestante.Client.Sessions;
using PosteRestante.Client.Settings;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Networking;
using PosteRestante.SipStack.Sip;

namespace PosteRestante.Cli;

/// <summary>What a verb works with: the client file and who acts.</summary>
internal sealed class ClientSession
{
    private readonly ClientAccount _account;
    private readonly string _folder;
    private readonly bool _useTcp;
    private readonly ImClientTls? _tls;

    private ClientSession(ClientFile server, string folder, ClientAccount account, bool useTcp, ImClientTls? tls)
    {
        Server = server;
        _folder = folder;
        _account = account;
        _useTcp = useTcp;
        _tls = tls;
    }

    /// <summary>The server.</summary>
    public ClientFile Server { get; }

    /// <summary>The process' source of randomness: this is the place that owns it.</summary>
#pragma warning disable RS0030 // Here it is injected from.
    public static RandomFill Random => RandomNumberGenerator.Fill;
#pragma warning restore RS0030

    /// <summary>Reads the client file.</summary>
    /// <exception cref="UsageException">It is not there, or not readable.</exception>
    public static ClientFile ReadServer(string path)
    {
        var file = FileOf(path);
        if (!File.Exists(file))
        {
            throw new UsageException(
                $"There is no {file}. Start the service (dotnet run --project src/Silo), or name its data folder with --client.");
        }

        try
        {
            return ClientFile.Parse(File.ReadAllBytes(file));
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {unreadable.Message}");
        }
    }

    /// <summary>Reads what the options say.</summary>
    /// <exception cref="UsageException">The client file or the user is not there.</exception>
    public static ClientSession Read(ParseResult parsed, CommonOptions options)
    {
        var path = parsed.GetValue(options.Client)!;
        var server = ReadServer(path);
        var name = parsed.GetValue(options.As);
        var known = string.Join(", ", server.Accounts.Select(account => account.UserName));
        if (string.IsNullOrEmpty(name))
        {
            throw new UsageException($"Say who acts: --as NAME. Known here: {known}.");
        }

        var account = server.Accounts.FirstOrDefault(account => account.UserName == name || account.Aor == name);
        return account is not null
            ? new ClientSession(
                server,
                Path.GetDirectoryName(Path.GetFullPath(FileOf(path)))!,
                account,
                parsed.GetValue(options.Tcp),
                ReadTls(server, parsed.GetValue(options.Tls), parsed.GetValue(options.Authorities)))
            : throw new UsageException($"There is no user '{name}' in client.json. Known here: {known}.");
    }

    /// <summary>Opens a client for the user.</summary>
    /// <param name="bodies">Where large bodies go; null for a verb that receives none.</param>
    public ImClient Open(BodyFolder? bodies = null) => ImClient.Start(
        new ImClientOptions
        {
            Aor = _account.Aor,
            UserName = _account.UserName,
            Password = _account.Password,
            Server = new IPEndPoint(IPAddress.Parse(Server.SipAddress), _tls is null ? Server.SipPort : Server.SipsPort!.Value),
            DeferredUri = Server.DeferredUri,
            UseTcp = _useTcp,
            Tls = _tls,
            Bodies = bodies,
            MaxMessageOctets = BodyOptions.MaxInMemory,
            ReceivedDeliveries = DeliveryFile.Open(DeliveryFile.PathIn(_folder, _account.Aor)),
        },
        new WarningsToErrorOutput(),
        TimeProvider.System,
        Random);

    private static ImClientTls? ReadTls(ClientFile server, bool isWanted, string? authorities)
    {
        if (!isWanted)
        {
            return authorities is null ? null : throw new UsageException("--ca says whom to trust with --tls; add --tls.");
        }

        if (server.SipsPort is null)
        {
            throw new UsageException("The service has no TLS listener. Give it a certificate (Tls:CertificateFile), or leave --tls out.");
        }

        try
        {
            return new ImClientTls
            {
                ServerName = server.Host,
                Authorities = authorities is null ? null : PemFiles.ReadAuthorities(File.ReadAllText(authorities)),
            };
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UsageException($"{authorities} cannot be read as certificates: {unreadable.Message}");
        }
    }

    private static string FileOf(string path) => Directory.Exists(path) ? Path.Combine(path, ClientFile.FileName) : path;

    /// <summary>The address a short name stands for: <c>bob</c> is <c>sip:bob@HOST</c>.</summary>
    public string AddressOf(string recipient) =>
        recipient.Contains(':', StringComparison.Ordinal)
            ? recipient
            : $"sip:{recipient}{(recipient.Contains('@', StringComparison.Ordinal) ? string.Empty : "@" + Server.Host)}";

    /// <summary>The Message-ID a short id stands for: <c>KEY</c> is <c>sip:KEY@HOST</c>.</summary>
    /// <exception cref="UsageException">It cannot be one.</exception>
    public string MessageIdOf(string id)
    {
        var address = AddressOf(id);
        return SipUri.TryParse(address, out _)
            ? address
            : throw new UsageException($"'{id}' is no message id. It looks like sip:7fq2mxk7lwbatz5rc3dh6n4pvy@{Server.Host}; pull --json shows it.");
    }
}
