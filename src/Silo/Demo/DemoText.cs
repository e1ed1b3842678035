using PosteRestante.Silo.Hosting;

namespace PosteRestante.Silo.Demo;

/// <summary>What the demo says around the story.</summary>
internal static class DemoText
{
    /// <summary>Before: where everything is.</summary>
    public static void Begin(TextWriter output, SiloServer server)
    {
        var client = server.Client;
        output.WriteLine($"""

              Poste Restante: post that is held until it is called for.

              Everything runs in this process, and speaks over real sockets:
              SIP {client.SipAddress}:{client.SipPort} (UDP and TCP), MSRP {client.SipAddress}:{client.MsrpPort}, HTTP {client.Http}
            """);
        foreach (var (key, wanted, taken) in server.ReplacedPorts)
        {
            output.WriteLine($"  Port {wanted} is taken, so {taken} was chosen; {key} sets it.");
        }

        output.WriteLine("""

              Each line of the ladders is a frame that passed over a socket, with its transport and its length in octets.
            """);
    }

    /// <summary>After: how it went.</summary>
    public static void End(TextWriter output, bool isRight)
    {
        output.WriteLine();
        output.WriteLine(isRight ? "  Every step was right." : "  The demo went wrong; the line above says where.");
    }

    /// <summary>What can be done with a service that runs.</summary>
    public static void TryNext(TextWriter output, SiloServer server) => output.WriteLine($"""

          The service goes on until Ctrl+C. In another terminal:

            dotnet run --project src/Cli -- send bob "Back at noon" --as alice --client {server.Folder}
            dotnet run --project src/Cli -- pull --as bob --client {server.Folder}
            curl {server.Client.Http}health/ready

          Without "demo" it keeps its data in ./data, and poste needs no --client.

        """);
}
