namespace PosteRestante.Architecture.Tests.Assemblies;

/// <summary>The rules inside assemblies: who knows whom, and what the pure layers do without.</summary>
internal static class NamespaceRules
{
    private const string Protocols = "PosteRestante.Protocols";
    private const string Stack = "PosteRestante.SipStack";

    /// <summary>SIP and MSRP do not know each other, in the protocol library and in the stack.</summary>
    public static IReadOnlyList<NamespaceRule> Apart { get; } =
    [
        new($"{Protocols}.Sip", $"{Protocols}.Msrp.*"),
        new($"{Protocols}.Msrp", $"{Protocols}.Sip.*"),
        new($"{Stack}.Sip", $"{Stack}.Msrp.*", $"{Protocols}.Msrp.*"),
        new($"{Stack}.Msrp", $"{Stack}.Sip.*", $"{Protocols}.Sip.*"),
    ];

    /// <summary>Dialogs stand on transactions, these on transports, all on the event loop; nothing looks up.</summary>
    public static IReadOnlyList<NamespaceRule> Stacked { get; } =
    [
        new($"{Stack}.Scheduling", $"{Stack}.Sip.*", $"{Stack}.Msrp.*", $"{Protocols}.*"),
        new($"{Stack}.Networking", $"{Stack}.Sip.*", $"{Stack}.Msrp.*"),
        new($"{Stack}.Sip.Transports", $"{Stack}.Sip.Transactions.*", $"{Stack}.Sip.Dialogs.*", $"{Stack}.Sip.Authentication.*"),
        new($"{Stack}.Sip.Transactions", $"{Stack}.Sip.Dialogs.*", $"{Stack}.Sip.Authentication.*"),
    ];

    /// <summary>The protocol library turns octets into values and back; it has no world around it.</summary>
    public static NamespaceRule Pure { get; } = new(
        Protocols,
        "System.Net.Sockets.*", "System.Net.Http.*", "System.IO.Pipelines.*",
        "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory", "System.IO.Path",
        "System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Environment.get_TickCount", "System.Environment.get_TickCount64",
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.Random", "System.Guid.NewGuid", "System.Security.Cryptography.RandomNumberGenerator",
        "System.Threading.Tasks.*", "System.Threading.Thread", "System.Threading.Timer", "System.Threading.Lock", "System.Threading.Monitor",
        "System.Console", "System.Diagnostics.Trace", "System.Diagnostics.Activity", "System.Diagnostics.ActivitySource",
        "System.Diagnostics.Metrics.*", "Microsoft.Extensions.*")
    {
        // What kind of address an IPAddress is; no socket comes with it.
        Allowed = ["System.Net.Sockets.AddressFamily"],
    };

    /// <summary>Of the storage the edge knows the port of bodies alone; records are the grains'.</summary>
    public static NamespaceRule EdgeStorage { get; } = new(
        "PosteRestante.SipEdge",
        "PosteRestante.Storage.Engine.*", "PosteRestante.Storage.Sqlite.*", "PosteRestante.Storage.Records.*",
        "PosteRestante.Storage.Providers.*", "PosteRestante.Storage.Serialization.*", "PosteRestante.Storage.Simulated.*",
        "PosteRestante.Storage.Faults.*", "PosteRestante.Storage.Hosting.*", "PosteRestante.Storage.Bodies.Files.*",
        "PosteRestante.Storage.Bodies.Simulated.*");

    /// <summary>Logging is generated (<c>[LoggerMessage]</c>), so that a line that is switched off costs nothing.</summary>
    public static NamespaceRule GeneratedLogging { get; } = new("PosteRestante", "Microsoft.Extensions.Logging.LoggerExtensions");
}
