using PosteRestante.TestKit;

namespace PosteRestante.Architecture.Tests.Documents;

/// <summary>Every command that README, CONTRIBUTING and docs show is run by a test or by the pipeline.</summary>
public sealed class CommandTests
{
    private const string Template = ".azure/pipelines/templates/";
    private const string Kamailio = "tests/Interop.Tests/Kamailio/";

    // Run here: they end at once.
    private static readonly string[] RunHere =
    [
        "./test.sh --help",
        "./bench.sh --help",
        "artifacts/Local/bin/Protocols.Tests/debug/PosteRestante.Protocols.Tests -class \"*Msrp*\"",
    ];

    private static readonly HeldCommand[] RunElsewhere =
    [
        new("dotnet build PosteRestante.slnx", "test.sh", "dotnet build \"$target\""),
        new("./test.sh", ".ci/run", "test.sh"),
        new("./test.sh Protocols SipStack", ".ci/run", "test.sh\" \"$@\""),
        new("./test.sh --orleans", Template + "test.yml", "./.ci/run $(option)"),
        new("./test.sh --docs", "test.sh", "-trait Writes=docs"),
        new("./bench.sh", Template + "bench.yml", "./bench.sh all"),
        new("./bench.sh parse", Template + "bench.yml", "./bench.sh all"),
        new("dotnet run --project src/Silo -- demo", "tests/Functional.Tests/Demo/DemoTests.cs", "Launch([\"demo\", .. ServerProcess.FreePorts])"),
        new("dotnet run --project src/Silo", "tests/Architecture.Tests/Documents/ReadmeStoryTests.cs", "ServerProcess.StartAsync"),
        new(
            "dotnet run --project src/Silo -- --Tls:CertificateFile=server.pem --Tls:KeyFile=server.key",
            "tests/Architecture.Tests/Documents/TlsStoryTests.cs",
            "ServerProcess.StartAsync"),
        new("kamailio -c -f infra/peers/kamailio/kamailio.cfg", Kamailio + "KamailioServiceTests.cs", "\"-c\", \"-f\", KamailioProxy.Configuration"),
        new("kamailio -DD -E -f infra/peers/kamailio/kamailio.cfg", Kamailio + "KamailioProxy.cs", "\"-DD\", \"-E\", \"-f\", Configuration"),
        new(
            "dotnet run --project src/Silo -- --Listeners:SipPort=5062 --Service:Host=example.org --Accounts:WildcardDomains:0=example.org --Identity:TrustedPeers:0=127.0.0.1 --Routing:NextHop=sip:127.0.0.1:5060",
            Kamailio + "KamailioServiceTests.cs",
            "KamailioProxy.ServiceSettings"),
    ];

    public static TheoryData<string> Quick => [.. RunHere];

    [Theory]
    [MemberData(nameof(Quick))]
    public async Task Command_ThatEndsAtOnce_Succeeds(string command)
    {
        var (exitCode, output) = await Shell.RunAsync(command, Repository.Root);
        exitCode.ShouldBe(0, output);
        output.ShouldNotBeEmpty();
    }

    [Fact]
    public void Command_InTheDocuments_IsRunSomewhere()
    {
        string[] known = [.. RunHere, .. RunElsewhere.Select(h => h.Command)];
        // What infra shows changes the host it runs on, but for the peers; its files are checked instead (YamlTests). The
        // commands of README for poste and openssl are run in their order (ReadmeStoryTests, TlsStoryTests).
        CommandBlock.All()
            .Where(c => !c.Document.StartsWith("infra/", StringComparison.Ordinal) || c.Document.StartsWith("infra/peers/", StringComparison.Ordinal))
            .Where(c => !known.Contains(c.Command))
            .Where(c => c.Document != "README.md" || !(Shell.IsPoste(c.Command) || TlsStoryTests.IsOpenssl(c.Command)))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Command_SaidToBeRunElsewhere_IsRunThere() => RunElsewhere
        .Where(h => !File.Exists(Repository.PathOf(h.File)) || !File.ReadAllText(Repository.PathOf(h.File)).Contains(h.Text, StringComparison.Ordinal))
        .ShouldBeEmpty();

    [Fact]
    public void Commands_OfADocument_AreFound() => CommandBlock.In("a.md", """
        Text ./not-this
        ```sh
        ./this --a  # but not this
        # nor this
        ```
        ```text
        ./nor-this
        ```
        """).ShouldBe([new CommandBlock("a.md", "./this --a")]);
}
