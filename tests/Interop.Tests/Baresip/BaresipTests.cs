using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Client.Retrieval;
using PosteRestante.Client.Sessions;
using PosteRestante.Interop.Tests.Kamailio;
using PosteRestante.Interop.Tests.Support;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Interop.Tests.Baresip;

/// <summary>baresip, a SIP user agent that knows nothing of deferred messages, writes to somebody who is away.</summary>
public sealed class BaresipTests
{
    private const string Text = "Lunch at noon?";
    private const string Log = "baresip.log";

    [Theory]
    [InlineData("")]
    [InlineData(";transport=tcp")]
    [Requirement("DM-12.2.2.3-1", "D9")]
    public async Task Baresip_WritesToAnAbsentUserThroughKamailio_WhoCollectsIt(string transport)
    {
        var baresip = Peers.Require("baresip");
        Peers.Require("kamailio");
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.PathOf("data"), KamailioProxy.ServiceSettings);
        using var proxy = await KamailioProxy.StartAsync(folder.Path, server.Sip.Port);
        await WriteProfileAsync(folder, baresip, proxy, transport);

        // Its trace says what it was answered; it would go on until -t.
        var commands = $"-e /contact_next -e '/message {Text}'";
        using var alice = Running.Start("/bin/sh", folder.Path, "-c", $"exec '{baresip}' -f '{folder.Path}' -s -t 60 {commands} >{Log} 2>&1 </dev/null");
        await alice.UntilAsync(
            () => File.Exists(folder.PathOf(Log)) && File.ReadAllText(folder.PathOf(Log)).Contains("SIP/2.0 202 ", StringComparison.Ordinal),
            "the 202 in the trace of baresip");

        await using var bob = ImClient.Start(
            proxy.ClientOf("bob"), NullLoggerFactory.Instance, TimeProvider.System, System.Security.Cryptography.RandomNumberGenerator.Fill);
        var collected = new List<RetrievedMessage>();
        await bob.PullAsync(message =>
        {
            collected.Add(message);
            return ValueTask.CompletedTask;
        });
        var message = collected.ShouldHaveSingleItem();
        Encoding.UTF8.GetString(message.Body.Span).ShouldBe(Text);
        message.ContentType.ShouldStartWith("text/plain");
        message.From.ShouldContain($"sip:alice@{KamailioProxy.Domain}");
    }

    private static async Task WriteProfileAsync(TemporaryFolder folder, string baresip, KamailioProxy proxy, string transport)
    {
        var modules = Path.Combine(Path.GetDirectoryName(baresip)!, "../lib/baresip/modules");
        await File.WriteAllTextAsync(
            folder.PathOf("config"),
            $"sip_listen 127.0.0.1:0\nmodule_path {Path.GetFullPath(modules)}\nmodule_app contact.so\nmodule_app menu.so\nmodule_app account.so\n");
        await File.WriteAllTextAsync(
            folder.PathOf("accounts"), $"<sip:alice@{KamailioProxy.Domain}>;regint=0;outbound=\"sip:{proxy.EndPoint}{transport}\"\n");
        await File.WriteAllTextAsync(folder.PathOf("contacts"), $"\"bob\" <sip:bob@{KamailioProxy.Domain}>\n");
    }
}
