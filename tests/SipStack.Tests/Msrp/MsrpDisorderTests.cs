using System.Globalization;
using System.Net;
using System.Text;
using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Simulation;
using PosteRestante.TestKit;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>
/// Many seeds: pieces of any size, slow sinks, cut connections, mutated octets. What is promised holds in each. The
/// environment variables POSTE_FUZZ_ITERATIONS and POSTE_FUZZ_SEED set the budget and replay a run.
/// </summary>
public sealed class MsrpDisorderTests(ITestOutputHelper output)
{
    private const int DefaultIterations = 60;

    private static readonly IPEndPoint ClientAddress = new(new IPAddress([10, 0, 0, 1]), 40_000);

    [Fact]
    [Requirement("D12")]
    public void Outcomes_WhateverHappens_SayWhatThePeerHas() => ForSeeds(seed =>
    {
        Random random = new(seed);
        MsrpWorld world = MakeWorld(seed, random);
        bool isSlow = random.Next(2) == 0;
        world.ClientHandler.Safe = isSlow ? () => SlowlyAsync(world, random.Next(50)) : world.ClientHandler.Safe;
        (MsrpSession server, MsrpSession client) = world.Pair();
        MsrpOutgoingMessage[] messages = Make("down", random);
        MsrpOutgoingMessage[] others = Make("upwards", random);
        Send(world, server, messages);
        Send(world, client, others);
        bool isCut = random.Next(3) > 0;
        if (isCut)
        {
            world.Loop.Advance(TimeSpan.FromMilliseconds(random.Next(400)));
            world.Loop.InTurn(() =>
            {
                world.Network.Cut(ClientAddress, MsrpWorld.ServerAddress);
                return true;
            });
        }

        world.Loop.Advance(TimeSpan.FromMinutes(3));

        world.Faults.Errors.ShouldBeEmpty();
        Check(messages, world.ServerHandler, world.ClientHandler, isCut, inOrder: !isSlow);
        Check(others, world.ClientHandler, world.ServerHandler, isCut, inOrder: true);
    });

    [Fact]
    public void Frames_OfOneSeed_ReplayExactly()
    {
        Run(11).ShouldBe(Run(11));

        static string[] Run(int seed)
        {
            Random random = new(seed);
            MsrpWorld world = MakeWorld(seed, random);
            (MsrpSession server, _) = world.Pair();
            Send(world, server, Make("down", random));
            world.Loop.Advance(TimeSpan.FromMinutes(1));
            return [.. world.ServerWire.Sent.Concat(world.ServerWire.Received).Select(frame => $"{frame.TransactionId} {frame.Method} {frame.Range} {frame.Body.Length}")];
        }
    }

    [Fact]
    public void Octets_Mutated_CostOneConnectionAtMost() => ForSeeds(seed =>
    {
        Random random = new(seed);
        MsrpWorld world = MakeWorld(seed, random);
        (MsrpSession session, RawPeer peer) = world.Open();
        Send(world, session, Make("down", random));
        world.Loop.Advance(TimeSpan.FromMilliseconds(50));
        byte[] stream = Mutate(Stream(peer, random), random);

        peer.Write(stream);
        world.Loop.Advance(TimeSpan.FromMinutes(3));

        world.Faults.Errors.ShouldBeEmpty();
        world.Server.Connections.ShouldBe(session.Ended is null ? 1 : 0);
        (MsrpSession next, _) = world.Open();
        next.IsEstablished.ShouldBeTrue();
    });

    private static void Check(
        MsrpOutgoingMessage[] messages, RecordingHandler sender, RecordingHandler receiver, bool isCut, bool inOrder)
    {
        Dictionary<string, MsrpSendOutcomeKind> outcomes = sender.Sent.ToDictionary(sent => sent.Message.MessageId, sent => sent.Outcome.Kind);
        Dictionary<string, byte[]> received = receiver.Received.ToDictionary(message => message.Id, message => message.Body);
        outcomes.Count.ShouldBe(messages.Length, "each message has one outcome");
        foreach (MsrpOutgoingMessage message in messages)
        {
            MsrpSendOutcomeKind outcome = outcomes[message.MessageId];
            if (outcome == MsrpSendOutcomeKind.Acknowledged || !isCut)
            {
                outcome.ShouldBe(MsrpSendOutcomeKind.Acknowledged);
                received[message.MessageId].ShouldBe((byte[])message.Tag!);
            }
            else if (outcome == MsrpSendOutcomeKind.NotSent)
            {
                received.ShouldNotContainKey(message.MessageId);
            }
            else
            {
                outcome.ShouldBe(MsrpSendOutcomeKind.InDoubt);
            }
        }

        sender.Reports.Select(report => report.Message.MessageId).ShouldAllBe(id => received.ContainsKey(id));
        if (inOrder)
        {
            receiver.Received.Select(message => message.Id)
                .ShouldBe(messages.Select(message => message.MessageId).Where(received.ContainsKey));
        }
    }

    private static MsrpWorld MakeWorld(int seed, Random random) => new(
        seed,
        new MsrpOptions { MaxUnanswered = random.Next(1, 20), BatchBytes = random.Next(1024, 20_000) },
        new MemoryNetworkOptions { MaxPiece = random.Next(300, 20_000), MaxDelay = TimeSpan.FromMilliseconds(random.Next(1, 8)) });

    private static MsrpOutgoingMessage[] Make(string name, Random random) => [.. Enumerable.Range(0, random.Next(1, 20)).Select(i =>
    {
        byte[] body = new byte[random.Next(3) == 0 ? random.Next(30_000) : random.Next(500)];
        random.NextBytes(body);
        return new MsrpOutgoingMessage($"{name}{i}", "text/plain", body) { Tag = body };
    })];

    private static void Send(MsrpWorld world, MsrpSession session, MsrpOutgoingMessage[] messages) =>
        world.Loop.InTurn(() => Array.TrueForAll(messages, session.TrySend)).ShouldBeTrue();

    private static async ValueTask<int> SlowlyAsync(MsrpWorld world, int milliseconds)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), world.Loop.Time);
        return MsrpStatusCode.Ok;
    }

    private static byte[] Stream(RawPeer peer, Random random)
    {
        StringBuilder text = new();
        for (int i = 0; i < 6; i++)
        {
            text.Append(peer.SendText($"tid{i}", $"msg{random.Next(3)}", new string('x', random.Next(40)), $"{random.Next(1, 20)}-*/{random.Next(20, 60)}", "+$#"[random.Next(3)]));
            WireFrame? send = peer.Sends.ElementAtOrDefault(random.Next(4));
            if (send is not null)
            {
                text.Append($"MSRP {send.TransactionId} {random.Next(2) * 213 + 200} x\r\nTo-Path: {send.FromPath}\r\nFrom-Path: {RawPeer.OwnPath}\r\n-------{send.TransactionId}$\r\n");
            }
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static byte[] Mutate(byte[] stream, Random random)
    {
        for (int n = random.Next(4); n > 0; n--)
        {
            stream[random.Next(stream.Length)] = (byte)random.Next(256);
        }

        return random.Next(2) == 0 ? stream : stream[..random.Next(stream.Length)];
    }

    private void ForSeeds(Action<int> check)
    {
        int iterations = FromEnvironment("POSTE_FUZZ_ITERATIONS", DefaultIterations);
        int first = FromEnvironment("POSTE_FUZZ_SEED", 1);
        output.WriteLine($"{iterations} seeds from {first}");
        for (int seed = first; seed < first + iterations; seed++)
        {
            try
            {
                check(seed);
            }
            catch (Exception failed)
            {
                throw new InvalidOperationException($"seed {seed}: {failed.Message}", failed);
            }
        }
    }

    private static int FromEnvironment(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : fallback;
}
