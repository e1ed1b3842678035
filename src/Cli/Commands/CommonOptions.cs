using System.CommandLine;

namespace PosteRestante.Cli.Commands;

/// <summary>The options every verb has.</summary>
internal sealed class CommonOptions
{
    /// <summary>The data folder of the service, or the path of its client file.</summary>
    public Option<string> Client { get; } = new("--client", "-c")
    {
        Description = "The service's data folder, or the client.json in it.",
        DefaultValueFactory = _ => "data",
    };

    /// <summary>Who acts.</summary>
    public Option<string> As { get; } = new("--as", "-u")
    {
        Description = "The user who acts: a user name or an address from client.json.",
    };

    /// <summary>Machine-readable output.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Prints JSON, one object a line." };

    /// <summary>TCP.</summary>
    public Option<bool> Tcp { get; } = new("--tcp") { Description = "Uses SIP over TCP instead of UDP." };

    /// <summary>TLS.</summary>
    public Option<bool> Tls { get; } = new("--tls") { Description = "Uses SIP and MSRP over TLS." };

    /// <summary>Who vouches for the service.</summary>
    public Option<string> Authorities { get; } = new("--ca")
    {
        Description = "With --tls: the certificates (PEM) of who vouches for the service; without it, those the system trusts.",
    };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(Client);
        command.Options.Add(As);
        command.Options.Add(Json);
        command.Options.Add(Tcp);
        command.Options.Add(Tls);
        command.Options.Add(Authorities);
    }
}
