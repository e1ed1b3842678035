using PosteRestante.Functional.Tests.Durability;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Functional.Tests.Telemetry;

/// <summary>What the log of the service says, and does not say.</summary>
public sealed class LogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Mailboxes _mailboxes = new(users: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Log_DepositAndRetrieval_NamesNobodyAndQuotesNothing()
    {
        await using var server = await ServerProcess.StartAsync(
            _folder.Path, [.. _mailboxes.Settings, "--Logging:LogLevel:Default=Information", "--Logging:LogLevel:Microsoft=Information"]);
        await (await DepositLoad.RunAsync(server.Sip, [.. _mailboxes.Users, "nobody"], "quoted", 2)).DisposeAsync();

        (await _mailboxes.CollectAsync(server.Sip)).Count.ShouldBe(1);
        server.Stop();
        (await server.WaitForExitAsync()).ShouldBe(0);

        var log = server.Output + server.Errors;
        log.ShouldContain(" info: ");
        log.ShouldNotContain(_mailboxes.Users[0]);
        log.ShouldNotContain("nobody");
        log.ShouldNotContain("sender");
        log.ShouldNotContain("content of");
        log.ShouldNotContain("password");
        log.Split('\n').ShouldAllBe(line => line.Length == 0 || line.StartsWith("ready ", StringComparison.Ordinal) || char.IsAsciiDigit(line[0]), "a log entry is one line");
    }
}
