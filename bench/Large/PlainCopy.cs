using System.Net;
using System.Net.Sockets;

namespace PosteRestante.Bench.Large;

/// <summary>What this machine can do without us: octets over a TCP connection of the loopback, and a file that is copied and synced.</summary>
internal static class PlainCopy
{
    private const int Piece = 256 * 1024;

    /// <summary>Octets per second over one TCP connection, from a file to a file that is not synced, as a client takes a message.</summary>
    public static double OverTcp(string source, string folder)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var sender = new TcpClient();
        sender.Connect((IPEndPoint)listener.LocalEndpoint);
        using var receiver = listener.AcceptTcpClient();
        var path = Path.Combine(folder, "tcp");
        var begun = TimeProvider.System.GetTimestamp();
        var sending = new Thread(() => Send(sender, source));
        sending.Start();
        using (var file = File.Create(path))
        {
            receiver.GetStream().CopyTo(file, Piece);
        }

        var rate = new FileInfo(source).Length / TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        sending.Join();
        File.Delete(path);
        return rate;
    }

    /// <summary>Octets per second of a file that is copied, and synced at its end.</summary>
    public static double OfFile(string source, string folder)
    {
        var path = Path.Combine(folder, "copy");
        var begun = TimeProvider.System.GetTimestamp();
        using (var from = File.OpenRead(source))
        using (var to = File.Create(path))
        {
            from.CopyTo(to, Piece);
            to.Flush(flushToDisk: true);
        }

        var rate = new FileInfo(source).Length / TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        File.Delete(path);
        return rate;
    }

    private static void Send(TcpClient sender, string source)
    {
        using var file = File.OpenRead(source);
        file.CopyTo(sender.GetStream(), Piece);
        sender.Client.Shutdown(SocketShutdown.Send);
    }
}
