using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>A peer that sends much at once has its share of each turn, and others have theirs between.</summary>
public sealed class MsrpFairnessTests
{
    private const int ManyMessages = 60;
    private const int MessagesPerTurn = 4;

    [Fact]
    public void ManyMessages_InOneRead_LeaveTheLoopToOthersAfterEachShare() =>
        Enumerable.Range(1, 10).Select(MostWithoutAnother).Max().ShouldBe(MessagesPerTurn);

    // The seed cuts the stream into pieces; the loop keeps the order of arrival, as the real one does.
    private static int MostWithoutAnother(int seed)
    {
        MsrpOptions options = new();
        MsrpWorld world = new(seed, options, keepsOrder: true);
        (MsrpSession _, RawPeer peer) = world.Open();
        string[] messages = [.. Enumerable.Range(0, ManyMessages).Select(i => peer.SendText($"txn{i:000}", $"msg{i:000}", "hello"))];
        options.MaxBytesPerTurn = MessagesPerTurn * messages[0].Length;
        int begun = 0;
        int seen = 0;
        int most = 0;
        world.ServerHandler.Decide = _ =>
        {
            // Another that comes with the first message of a share has its turn before the next share.
            if (begun++ == seen)
            {
                world.Loop.Post(_ => (most, seen) = (Math.Max(most, begun - seen), begun), null);
            }

            return null;
        };

        peer.Write(string.Concat(messages));
        world.Loop.RunUntil(() => world.ServerHandler.Received.Count == ManyMessages);

        return most;
    }
}
