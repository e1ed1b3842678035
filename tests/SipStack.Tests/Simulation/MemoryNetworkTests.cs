using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Simulation;

namespace PosteRestante.SipStack.Tests.Simulation;

public sealed class MemoryNetworkTests
{
    private static readonly IPEndPoint A = new(new IPAddress([10, 0, 0, 1]), 5060);
    private static readonly IPEndPoint B = new(new IPAddress([10, 0, 0, 2]), 5060);

    [Fact]
    public void Datagrams_OfOneSeed_ReplayExactly()
    {
        Exchange(3).ShouldBe(Exchange(3));
        Exchange(3).SequenceEqual(Exchange(4)).ShouldBeFalse();
    }

    [Fact]
    public void Datagrams_WithLossDuplicationAndSpread_AreLostDoubledAndReordered()
    {
        var received = Exchange(1).Select(r => r.N).ToList();

        received.Distinct().Count().ShouldBeInRange(60, 90);
        received.Count.ShouldBeGreaterThan(received.Distinct().Count());
        received.SequenceEqual(received.Order()).ShouldBeFalse();
    }

    [Fact]
    public void Datagram_ToNobody_IsLost()
    {
        var loop = new SimulatedLoop();
        var network = new MemoryNetwork(loop);
        using var socket = network.Bind(A, (_, _) => throw new InvalidOperationException("Nothing was sent here."));

        socket.Send(B, [1]);

        loop.Advance(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Stream_InPieces_ArrivesWholeAndInOrder(int maxPiece)
    {
        var loop = new SimulatedLoop(1);
        var network = new MemoryNetwork(loop, 1, new MemoryNetworkOptions { MaxPiece = maxPiece, MaxDelay = TimeSpan.FromMilliseconds(20) });
        var sent = Enumerable.Range(0, 3000).Select(i => (byte)i).ToArray();
        network.Listen(B, EchoAsync);

        var received = loop.Complete(async () =>
        {
            await using var connection = await network.ConnectAsync(B, TestContext.Current.CancellationToken);
            await connection.Transport.Output.WriteAsync(sent, TestContext.Current.CancellationToken);
            await connection.Transport.Output.CompleteAsync();
            return await ReadToEndAsync(connection.Transport.Input);
        });

        received.ShouldBe(sent);
    }

    [Fact]
    public void Connect_WhereNobodyListens_IsRefused()
    {
        var loop = new SimulatedLoop();
        var network = new MemoryNetwork(loop);

        Should.Throw<SocketException>(() => loop.Complete(async () => await network.ConnectAsync(B)))
            .SocketErrorCode.ShouldBe(SocketError.ConnectionRefused);
    }

    [Fact]
    public void Cut_AnOpenStream_FailsBothEnds()
    {
        var loop = new SimulatedLoop();
        var network = new MemoryNetwork(loop);
        var serverFailed = false;
        network.Listen(B, async connection =>
        {
            serverFailed = await FailsAsync(connection);
        });

        var clientFailed = loop.Complete(async () =>
        {
            await using var connection = await network.ConnectAsync(A, B, TestContext.Current.CancellationToken);
            network.Cut(A, B);
            return await FailsAsync(connection);
        });
        loop.RunUntilIdle();

        clientFailed.ShouldBeTrue();
        serverFailed.ShouldBeTrue();
    }

    private static async Task<bool> FailsAsync(ConnectionContext connection)
    {
        try
        {
            await ReadToEndAsync(connection.Transport.Input);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static List<(long At, int N)> Exchange(int seed)
    {
        var loop = new SimulatedLoop();
        var network = new MemoryNetwork(loop, seed, new MemoryNetworkOptions
        {
            MaxDelay = TimeSpan.FromMilliseconds(50),
            Loss = 0.25,
            Duplication = 0.1,
        });
        var received = new List<(long At, int N)>();
        using var a = network.Bind(A, (_, _) => { });
        using var b = network.Bind(B, (source, octets) =>
        {
            source.ShouldBe(A);
            received.Add((loop.Timestamp, octets[0]));
        });
        for (var n = 0; n < 100; n++)
        {
            a.Send(B, [(byte)n]);
        }

        loop.Advance(TimeSpan.FromSeconds(1));
        return received;
    }

    private static async Task EchoAsync(ConnectionContext connection)
    {
        while (await connection.Transport.Input.ReadAsync() is var result && !(result.IsCompleted && result.Buffer.IsEmpty))
        {
            foreach (var segment in result.Buffer)
            {
                connection.Transport.Output.Write(segment.Span);
            }

            connection.Transport.Input.AdvanceTo(result.Buffer.End);
            await connection.Transport.Output.FlushAsync();
        }
    }

    private static async Task<byte[]> ReadToEndAsync(PipeReader reader)
    {
        while (true)
        {
            var result = await reader.ReadAsync();
            if (result.IsCompleted)
            {
                return result.Buffer.ToArray();
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
