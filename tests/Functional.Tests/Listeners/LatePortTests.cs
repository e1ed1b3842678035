using System.Net;
using System.Net.Sockets;
using PosteRestante.Silo.Configuration;
using PosteRestante.Silo.Hosting;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Functional.Tests.Listeners;

/// <summary>A port that another process takes between our binding it and our listening on it.</summary>
public sealed class LatePortTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_AnotherListensMeanwhile_IsRefusedInOneSentenceAndNothingIsLeftBehind()
    {
        var server = Create();
        using (var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            other.Bind(new IPEndPoint(IPAddress.Loopback, server.Client.MsrpPort));
            other.Listen();

            var refused = (await Should.ThrowAsync<StartRefusedException>(server.StartAsync(TestContext.Current.CancellationToken))).Reasons.ShouldHaveSingleItem();
            refused.ShouldStartWith("Another process has begun to listen on ");
            refused.ShouldContain($"127.0.0.1:{server.Client.MsrpPort}");
            refused.ShouldEndWith("; stop it, or set another port in Listeners.");
            await server.DisposeAsync();
        }

        File.Exists(_folder.PathOf("client.json")).ShouldBeFalse("nobody is sent to a service that does not run");
        await using var next = Create();
        await next.StartAsync(TestContext.Current.CancellationToken);
        await next.StopAsync(TestContext.Current.CancellationToken);
    }

    private SiloServer Create() => SiloServer.Create(Settings.Load(
        [.. ServerProcess.FreePorts, "--Logging:LogLevel:Default=None", $"--Data:Folder={_folder.Path}"], preset: []));
}
