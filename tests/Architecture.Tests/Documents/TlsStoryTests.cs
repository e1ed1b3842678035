using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Architecture.Tests.Documents;

/// <summary>What README says about TLS, one command after the other: certificates, the service, a message there and back.</summary>
public sealed class TlsStoryTests
{
    private const string Serve = "dotnet run --project src/Silo -- --Tls:";

    /// <summary>Whether a command makes a certificate.</summary>
    public static bool IsOpenssl(string command) => command.StartsWith("openssl ", StringComparison.Ordinal);

    [Fact]
    public async Task Readme_TlsCommands_SendAndCollectAMessage()
    {
        Peers.Require("openssl");
        using var folder = new TemporaryFolder();
        string[] commands = [.. CommandBlock
            .In("README.md", await File.ReadAllTextAsync(Repository.PathOf("README.md"), TestContext.Current.CancellationToken))
            .Select(c => c.Command)];
        foreach (var command in commands.Where(IsOpenssl))
        {
            await RunAsync(command, folder.Path);
        }

        var settings = commands.Single(c => c.StartsWith(Serve, StringComparison.Ordinal))[(Serve.Length - "--Tls:".Length)..]
            .Replace("=server.", $"={folder.Path}/server.", StringComparison.Ordinal);
        await using var server = await ServerProcess.StartAsync(folder.PathOf("data"), settings.Split(' '));
        var outputs = new List<string>();
        foreach (var command in commands.Where(c => Shell.IsPoste(c) && c.Contains(" --tls", StringComparison.Ordinal)))
        {
            outputs.Add(await RunAsync(command, folder.Path));
        }

        outputs.Count.ShouldBe(2);
        outputs[^1].ShouldContain("For your eyes only");

        // Whoever trusts nobody in particular does not talk to it, and is told why.
        var (exitCode, output) = await Shell.RunAsync("dotnet run --project src/Cli -- pull --as bob --tls", folder.Path);
        exitCode.ShouldNotBe(0);
        output.ShouldContain("no trusted authority vouches for its certificate");
    }

    private static async Task<string> RunAsync(string command, string folder)
    {
        var (exitCode, output) = await Shell.RunAsync(command, folder);
        exitCode.ShouldBe(0, $"{command}\n{output}");
        return output;
    }
}
