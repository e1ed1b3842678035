using System.Net;
using System.Net.Sockets;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Functional.Tests.Listeners;

/// <summary>A port that another process holds.</summary>
public sealed class BusyPortTests : IDisposable
{
    private const int Refused = 2;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("SipPort", ProtocolType.Tcp)]
    [InlineData("SipPort", ProtocolType.Udp)]
    [InlineData("MsrpPort", ProtocolType.Tcp)]
    [InlineData("HttpPort", ProtocolType.Tcp)]
    public async Task Start_PortIsTaken_OneSentenceNamesTheKey(string key, ProtocolType protocol)
    {
        using var holder = Hold(protocol);
        var port = ((IPEndPoint)holder.LocalEndPoint!).Port;
        await using var server = ServerProcess.Launch(Arguments(key, port));

        (await server.WaitForExitAsync()).ShouldBe(Refused);

        server.Errors.ShouldBe(
            $"Listeners:{key} is {port}, but another process uses that port on 127.0.0.1; stop it, or set another port (0 takes a free one).");
    }

    [Theory]
    [InlineData("SipPort", ProtocolType.Tcp)]
    [InlineData("SipPort", ProtocolType.Udp)]
    [InlineData("MsrpPort", ProtocolType.Tcp)]
    public async Task Start_PortIsTakenButMayBeReplaced_TakesAFreeOne(string key, ProtocolType protocol)
    {
        using var holder = Hold(protocol);
        var port = ((IPEndPoint)holder.LocalEndPoint!).Port;

        await using var server = await ServerProcess.StartAsync(_folder.Path, [$"--Listeners:{key}={port}", "--Listeners:TakeFreePortIfBusy=true"]);

        new[] { server.Sip.Port, server.Msrp.Port, server.Http.Port }.ShouldNotContain(port);
    }

    private string[] Arguments(string key, int port) =>
    [
        .. ServerProcess.FreePorts,
        $"--Data:Folder={_folder.Path}",
        $"--Listeners:{key}={port}",
    ];

    private static Socket Hold(ProtocolType protocol)
    {
        var socket = new Socket(AddressFamily.InterNetwork, protocol == ProtocolType.Udp ? SocketType.Dgram : SocketType.Stream, protocol);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (protocol == ProtocolType.Tcp)
        {
            socket.Listen();
        }

        return socket;
    }
}
