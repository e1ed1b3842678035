using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Functional.Tests.Configuration;

/// <summary>The real program, started with settings that cannot work.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private const int Refused = 2;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--Listener:SipPort=0", "Listener is not a setting; did you mean Listeners?")]
    [InlineData("--Listeners:SipPrt=0", "Listeners:SipPrt is not a setting; did you mean Listeners:SipPort?")]
    [InlineData("--Listeners:SipPort=high", "Listeners:SipPort is 'high' but must be a whole number.")]
    [InlineData("--Listeners:SipPort=70000", "Listeners:SipPort is 70000 but must be from 0 to 65535.")]
    [InlineData("--Listeners:Address=here", "Listeners:Address is 'here' but must be an IP address.")]
    [InlineData("--Deposit:RetryAfter=5", "Deposit:RetryAfter is '5' but must be a duration such as 00:00:05 or 7.00:00:00.")]
    [InlineData("--Retrieval:All=some", "Retrieval:All is 'some' but must be one of Stored, Undelivered.")]
    [InlineData("--EventLoop:MaxPendingInput=0", "EventLoop:MaxPendingInput is 0 but must be from 1 to 1000000.")]
    [InlineData("--Deposit:AllowUnauthenticated=maybe", "Deposit:AllowUnauthenticated is 'maybe' but must be true or false.")]
    [InlineData("--Identity:TrustedPeers=10.0.0.1", "Identity:TrustedPeers is '10.0.0.1' but must be a list (Identity:TrustedPeers:0, Identity:TrustedPeers:1 …).")]
    [InlineData("--Shutdown:DrainDeadline=-00:00:01", "Shutdown:DrainDeadline is -00:00:01 but must be from 00:00:00 to 00:10:00.")]
    [InlineData("--Accounts:Users:0:Aor:x=y", "Accounts:Users:0:Aor is a section but must be a text.")]
    [InlineData("--Tls:CertificateFile=server.pem", "Tls:KeyFile must name the key of Tls:CertificateFile.")]
    [InlineData("--Tls:KeyFile=server.key", "Tls:CertificateFile must name the certificate that belongs to the other Tls settings; without it there is no TLS listener.")]
    [InlineData("--Tls:PeerAuthoritiesFile=/nowhere/ca.pem", "Tls:PeerAuthoritiesFile is '/nowhere/ca.pem', which cannot be read: Could not find a part of the path '/nowhere/ca.pem'.")]
    [InlineData("--Routing:NextHop=tls:core", "Routing:NextHop is 'tls:core' but must be an IP address as a URI, such as sip:192.0.2.1:5060;transport=tcp.")]
    [InlineData("--Routing:NextHopName=core.example.net", "Routing:NextHopName is 'core.example.net', but only a certificate carries a name: let Routing:NextHop say ;transport=tls, or leave this out.")]
    [InlineData("serve", "'serve' is not an option; settings are written --Section:Key=value, for example --Listeners:SipPort=5060.")]
    [InlineData("--verbose", "'--verbose' is not an option; settings are written --Section:Key=value, for example --Listeners:SipPort=5060.")]
    public async Task Start_SettingIsWrong_OneSentenceNamesTheKey(string argument, string sentence)
    {
        await using var server = ServerProcess.Launch([argument, $"--Data:Folder={_folder.Path}"]);

        (await server.WaitForExitAsync()).ShouldBe(Refused);

        server.Errors.ShouldBe(sentence);
        server.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[{\"Aor\": \"sip:alice@localhost\", \"UserName\": \"alice\", \"Password\": \"x\"}]", "has 'sip:alice@localhost', but Service:Host is 'im.example.net'")]
    [InlineData("[null]", "is not readable as a list of accounts")]
    public async Task Start_AccountsOfTheFolderDoNotFit_OneSentenceSaysWhatToDo(string accounts, string sentence)
    {
        var file = Path.Combine(_folder.Path, "accounts.json");
        await File.WriteAllTextAsync(file, accounts, TestContext.Current.CancellationToken);
        await using var server = ServerProcess.Launch(
            [.. ServerProcess.FreePorts, "--Service:Host=im.example.net", $"--Data:Folder={_folder.Path}"]);

        (await server.WaitForExitAsync()).ShouldBe(Refused);

        server.Errors.ShouldStartWith(file);
        server.Errors.ShouldContain(sentence);
        server.Errors.ShouldContain("remove");
    }

    [Fact]
    public async Task Start_SeveralSettingsAreWrong_EachGetsItsSentence()
    {
        await using var server = ServerProcess.Launch(["--Listeners:SipPort=-1", "--Deposit:MaxPending=0", "--Listeners:MsrpPort=99999"]);

        (await server.WaitForExitAsync()).ShouldBe(Refused);

        server.Errors.Split('\n').ShouldBe(
            [
                "Listeners:SipPort is -1 but must be from 0 to 65535.",
                "Listeners:MsrpPort is 99999 but must be from 0 to 65535.",
                "Deposit:MaxPending is 0 but must be from 1 to 10000000.",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Start_VariableIsWrong_OneSentenceNamesTheKey()
    {
        await using var server = ServerProcess.Launch(
            [$"--Data:Folder={_folder.Path}"],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Listeners__HttpPrt"] = "8080", ["UNRELATED__THING"] = "1" });

        (await server.WaitForExitAsync()).ShouldBe(Refused);

        server.Errors.ShouldBe("Listeners:HttpPrt is not a setting; did you mean Listeners:HttpPort?");
    }

    [Fact]
    public async Task Start_CommandLineAndVariableDiffer_CommandLineWins()
    {
        await using var server = await ServerProcess.StartAsync(
            _folder.Path,
            environment: new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Listeners__SipPort"] = "1",
                ["Service__Host"] = "im.example.net",
            });

        server.Sip.Port.ShouldNotBe(1);
        (await File.ReadAllTextAsync(_folder.PathOf("client.json"))).ShouldContain("sip:Deferred@im.example.net");
    }
}
