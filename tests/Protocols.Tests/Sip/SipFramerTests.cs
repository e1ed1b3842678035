using System.Buffers;
using System.Text;
using PosteRestante.Protocols.Sip.Parsing;

namespace PosteRestante.Protocols.Tests.Sip;

public sealed class SipFramerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(100_000)]
    public void Read_TwoMessagesInPieces_TellsBoth(int pieceLength)
    {
        var stream = SipTestMessages.Octets("\r\n" + SipTestMessages.Deposit + SipTestMessages.Deposit);

        var frames = Feed(stream, pieceLength);

        frames.ShouldBe([(SipFrameStatus.Message, SipTestMessages.Deposit), (SipFrameStatus.Message, SipTestMessages.Deposit)]);
    }

    [Fact]
    public void Read_SplitAtEveryOffset_TellsTheMessage()
    {
        var octets = SipTestMessages.Octets(SipTestMessages.Deposit);
        for (var split = 0; split <= octets.Length; split++)
        {
            var frame = new SipFramer(new SipParserOptions()).Read(Segments(octets[..split], octets[split..]));
            frame.Status.ShouldBe(SipFrameStatus.Message);
            frame.Octets.ToArray().ShouldBe(octets);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void Read_DoubleLineEndBetweenMessages_IsAPing(int pieceLength)
    {
        var stream = SipTestMessages.Octets(SipTestMessages.Deposit + "\r\n\r\n" + SipTestMessages.Deposit);

        Feed(stream, pieceLength).Select(frame => frame.Status)
            .ShouldBe([SipFrameStatus.Message, SipFrameStatus.Ping, SipFrameStatus.Message]);
    }

    [Fact]
    public void Read_WithoutContentLength_IsMalformedWithItsHead()
    {
        var frame = Read(SipTestMessages.Without("Content-Length"));

        frame.Status.ShouldBe(SipFrameStatus.Malformed);
        frame.Error.ShouldBe(SipParseError.MissingContentLength);
        Encoding.UTF8.GetString(frame.Octets.ToArray()).ShouldEndWith("\r\n\r\n");
    }

    [Theory]
    [InlineData("Content-Length: x", SipParseError.BadContentLength)]
    [InlineData("Content-Length: 5\r\nl: 6", SipParseError.RepeatedHeader)]
    [InlineData("Content-Length: 65537", SipParseError.BodyTooLarge)]
    public void Read_ContentLengthThatCannotBeUsed_IsMalformed(string line, SipParseError error) =>
        Read(SipTestMessages.With(line)).Error.ShouldBe(error);

    [Fact]
    public void Read_HeadThatNeverEnds_IsRefusedAtItsLimit()
    {
        var framer = new SipFramer(new SipParserOptions { MaxHeadBytes = 100 });

        framer.Read(new ReadOnlySequence<byte>(new byte[100])).Status.ShouldBe(SipFrameStatus.NeedMoreData);
        framer.Read(new ReadOnlySequence<byte>(new byte[101])).Error.ShouldBe(SipParseError.HeadTooLarge);
    }

    [Fact]
    public void Read_MessageOverItsLimit_IsRefusedBeforeItsBodyCame()
    {
        var head = SipTestMessages.Deposit[..^5];
        var framer = new SipFramer(new SipParserOptions { MaxMessageBytes = head.Length + 4 });

        framer.Read(new ReadOnlySequence<byte>(SipTestMessages.Octets(head))).Error.ShouldBe(SipParseError.MessageTooLarge);
    }

    private static SipFrame Read(string stream) =>
        new SipFramer(new SipParserOptions()).Read(new ReadOnlySequence<byte>(SipTestMessages.Octets(stream)));

    // As a connection does: what was not consumed is offered again with the next piece.
    private static List<(SipFrameStatus Status, string Text)> Feed(byte[] stream, int pieceLength)
    {
        var framer = new SipFramer(new SipParserOptions());
        var frames = new List<(SipFrameStatus, string)>();
        var pending = Array.Empty<byte>();
        for (var position = 0; position < stream.Length; position += pieceLength)
        {
            pending = [.. pending, .. stream[position..Math.Min(position + pieceLength, stream.Length)]];
            while (true)
            {
                var input = new ReadOnlySequence<byte>(pending);
                var frame = framer.Read(input);
                pending = input.Slice(frame.Consumed).ToArray();
                if (frame.Status == SipFrameStatus.NeedMoreData)
                {
                    break;
                }

                frames.Add((frame.Status, Encoding.UTF8.GetString(frame.Octets.ToArray())));
            }
        }

        pending.ShouldBeEmpty();
        return frames;
    }

    private static ReadOnlySequence<byte> Segments(byte[] first, byte[] second)
    {
        var start = new Segment(first, 0);
        var end = start.Append(second);
        return new ReadOnlySequence<byte>(start, 0, end, second.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] octets, long index)
        {
            Memory = octets;
            RunningIndex = index;
        }

        public Segment Append(byte[] octets)
        {
            var next = new Segment(octets, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
