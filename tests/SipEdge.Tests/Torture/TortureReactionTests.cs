using System.Buffers;
using System.Net.Sockets;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.SipEdge.Tests.Wire;
using PosteRestante.TestKit.SipTorture;

namespace PosteRestante.SipEdge.Tests.Torture;

/// <summary>RFC 4475 against the running service: each message as a datagram and over a stream, and after it OPTIONS.</summary>
public sealed class TortureReactionTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TortureService _service = new();

    public static TheoryData<ServerReaction> Reactions => [.. ServerReactions.All];

    public ValueTask InitializeAsync() => _service.InitializeAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public void All_MessagesOfTheCorpus_AreInTheTable() =>
        ServerReactions.All.Select(reaction => reaction.Name).ShouldBe(TortureMessages.All.Select(message => message.Name));

    [Theory]
    [MemberData(nameof(Reactions))]
    public async Task Message_AsADatagram_GetsTheExpectedAnswerAndHarmsNothing(ServerReaction expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        using var sip = new RawSip(_service.Sip);

        sip.Send(Octets(expected));

        await ShouldAnswerOptionsAsync(sip);
        (await AnswersAsync(expected.Udp == 0 ? 0 : 1)).ShouldBe(expected.Udp == 0 ? [] : [expected.Udp]);
    }

    [Theory]
    [MemberData(nameof(Reactions))]
    public async Task Message_OverAStream_GetsTheExpectedAnswersAndHarmsNothing(ServerReaction expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var peer = new TcpClient();
        await peer.ConnectAsync(_service.Sip, patience.Token);
        var stream = peer.GetStream();

        await stream.WriteAsync(Octets(expected), patience.Token);

        (await AnswersAsync(expected.Tcp.Count)).ShouldBe(expected.Tcp);
        (await ReadAnswersAsync(stream, expected.Tcp.Count, patience.Token)).ShouldBe(expected.Tcp);
        if (expected.Closes)
        {
            (await stream.ReadAsync(new byte[1], patience.Token)).ShouldBe(0);
        }
        else if (TortureMessages.All.Single(message => message.Name == expected.Name).Stream == TortureStream.One)
        {
            // The same stream goes on: its next request is found and answered.
            using var next = new RawSip(_service.Sip);
            await stream.WriteAsync(RawSip.Octets(next.Request("OPTIONS", "sip:example.com")), patience.Token);
            (await ReadAnswersAsync(stream, 1, patience.Token)).ShouldBe([200]);
        }

        using var sip = new RawSip(_service.Sip);
        await ShouldAnswerOptionsAsync(sip);
    }

    private static byte[] Octets(ServerReaction reaction) =>
        TortureMessages.All.Single(message => message.Name == reaction.Name).ReadOctets();

    private static async Task ShouldAnswerOptionsAsync(RawSip sip)
    {
        var answer = await sip.ExchangeAsync(sip.Request("OPTIONS", "sip:user@example.com"));
        answer.StatusCode.ShouldBe(200);
        answer.GetText(SipHeaderName.Allow).ShouldBe("INVITE, ACK, CANCEL, BYE, MESSAGE, PUBLISH, OPTIONS");
    }

    private static async Task<List<int>> ReadAnswersAsync(NetworkStream stream, int count, CancellationToken cancellation)
    {
        var framer = new SipFramer(new SipParserOptions());
        var received = new List<byte>();
        var answers = new List<int>();
        var buffer = new byte[4096];
        while (answers.Count < count)
        {
            var read = await stream.ReadAsync(buffer, cancellation);
            read.ShouldBeGreaterThan(0, "the stream was closed before its answer");
            received.AddRange(buffer.AsSpan(0, read));
            Cut(framer, received, answers);
        }

        received.ShouldBeEmpty();
        return answers;
    }

    private static void Cut(SipFramer framer, List<byte> received, List<int> answers)
    {
        while (true)
        {
            var input = new ReadOnlySequence<byte>(received.ToArray());
            var frame = framer.Read(input);
            received.RemoveRange(0, (int)input.Slice(0, frame.Consumed).Length);
            if (frame.Status != SipFrameStatus.Message)
            {
                return;
            }

            // An answer to a malformed request repeats its malformed fields (RFC 3261 8.2.6.2), so only the status is read.
            var message = new SipMessage();
            SipMessageParser.Unlimited.Parse(message, frame.Octets.ToArray());
            if (message.StatusCode >= 200)
            {
                answers.Add(message.StatusCode);
            }
        }
    }

    // The finals that were sent, those to OPTIONS of this test left out; waits until there are as many as expected.
    private async Task<List<int>> AnswersAsync(int expected)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var answers = new List<int>();
        while (answers.Count < expected || _service.Responses.Sent.Count > 0)
        {
            var sent = await _service.Responses.Sent.ReadAsync(patience.Token);
            if (sent.StatusCode >= 200 && !sent.CallId.ToString().EndsWith("@test", StringComparison.Ordinal))
            {
                answers.Add(sent.StatusCode);
            }
        }

        return answers;
    }
}
