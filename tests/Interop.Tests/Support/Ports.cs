using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PosteRestante.Interop.Tests.Support;

/// <summary>Ports of the loopback.</summary>
internal static class Ports
{
    private const int LocalAddressColumn = 1;
    private const int StateColumn = 3;
    private const string Listening = "0A";

    /// <summary>A port that nobody has.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Whether a program listens there, as the kernel has it: to ask by connecting would be a call to some programs.</summary>
    public static bool IsTaken(int port, bool isTcp)
    {
        var end = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return File.ReadLines(isTcp ? "/proc/net/tcp" : "/proc/net/udp")
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(columns => columns[LocalAddressColumn].EndsWith(end, StringComparison.Ordinal) && (!isTcp || columns[StateColumn] == Listening));
    }
}
