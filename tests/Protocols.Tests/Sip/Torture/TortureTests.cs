using System.Buffers;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.TestKit.SipTorture;

namespace PosteRestante.Protocols.Tests.Sip.Torture;

/// <summary>RFC 4475, each message whole, octet by octet, and split at every offset.</summary>
public sealed class TortureTests
{
    public static TheoryData<TortureMessage> Messages => [.. TortureMessages.All];

    [Fact]
    public void All_MessagesOfTheCorpus_AreInTheTable()
    {
        TortureMessages.All.Count.ShouldBe(50);
        TortureMessages.All.Select(message => message.Name).ShouldBeUnique();
        typeof(TortureMessage).Assembly.GetManifestResourceNames().Count(name => name.EndsWith(".dat", StringComparison.Ordinal)).ShouldBe(50);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Parse_Datagram_GivesTheExpectedVerdict(TortureMessage expected)
    {
        var message = new SipMessage();
        var result = SipTestMessages.Parser.Parse(message, expected.ReadOctets());

        var verdict = result.IsParsed ? TortureVerdict.Accepted : message.CanBeAnswered ? TortureVerdict.Refused : TortureVerdict.Dropped;

        verdict.ShouldBe(expected.Verdict, result.Error.ToString());
        if (verdict == TortureVerdict.Refused)
        {
            result.Error.ToStatusCode().ShouldBe(expected.Status!.Value, result.Error.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Read_StreamInAnyPieces_GivesTheExpectedFrames(TortureMessage expected)
    {
        var octets = expected.ReadOctets();
        var whole = Cut(octets, octets.Length);

        Verdict(whole).ShouldBe(expected.Stream);
        Cut(octets, 1).ShouldBe(whole);
        for (var split = 1; split < octets.Length; split++)
        {
            Cut(octets, split).SequenceEqual(whole).ShouldBeTrue($"split at {split}");
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Parse_FromStream_GivesTheSameAsFromDatagram(TortureMessage expected)
    {
        if (expected.Stream != TortureStream.One)
        {
            return; // what cannot be cut is not handed to the parser as a whole
        }

        var octets = expected.ReadOctets();
        var frame = new SipFramer(new SipParserOptions()).Read(new ReadOnlySequence<byte>(octets));

        var fromStream = SipTestMessages.Parser.Parse(new SipMessage(), frame.Octets.ToArray());

        fromStream.Error.ShouldBe(SipTestMessages.Parser.Parse(new SipMessage(), octets).Error);
    }

    [Fact]
    public void Read_TwoRequestsInOneStream_GivesBoth()
    {
        var frames = Cut(TortureMessages.All.Single(message => message.Name == "dblreq").ReadOctets(), 1);

        frames.Count(frame => frame.StartsWith("Message", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public void Parse_BadDisplayNameWithItsEmptyLine_BlamesFrom()
    {
        byte[] octets = [.. TortureMessages.All.Single(message => message.Name == "baddn").ReadOctets(), .. "\r\n"u8];

        SipTestMessages.Parser.Parse(new SipMessage(), octets).Error.ShouldBe(SipParseError.BadFrom);
    }

    // The first piece is of the given length; of the rest, each octet comes alone if the first did, else all at once.
    private static List<string> Cut(byte[] octets, int firstLength)
    {
        var framer = new SipFramer(new SipParserOptions());
        var frames = new List<string>();
        var consumed = 0;
        for (var available = firstLength; ; available = firstLength == 1 ? available + 1 : octets.Length)
        {
            consumed += Drain(framer, new ReadOnlySequence<byte>(octets, consumed, available - consumed), frames);
            if (available == octets.Length || (frames.Count > 0 && frames[^1].StartsWith("Malformed", StringComparison.Ordinal)))
            {
                frames.Add(consumed < octets.Length && frames.All(frame => !frame.StartsWith("Malformed", StringComparison.Ordinal)) ? "left over" : "end");
                return frames;
            }
        }
    }

    private static int Drain(SipFramer framer, ReadOnlySequence<byte> input, List<string> frames)
    {
        var left = input;
        while (true)
        {
            var frame = framer.Read(left);
            left = left.Slice(frame.Consumed);
            if (frame.Status != SipFrameStatus.NeedMoreData)
            {
                frames.Add($"{frame.Status} {frame.Error} {Convert.ToHexString(frame.Octets.ToArray())}");
            }

            if (frame.Status is SipFrameStatus.NeedMoreData or SipFrameStatus.Malformed)
            {
                return (int)(input.Length - left.Length);
            }
        }
    }

    private static TortureStream Verdict(List<string> frames)
    {
        if (frames.Exists(frame => frame.StartsWith("Malformed", StringComparison.Ordinal)))
        {
            return TortureStream.Malformed;
        }

        return frames.Exists(frame => frame.StartsWith("Message", StringComparison.Ordinal)) ? TortureStream.One : TortureStream.Waits;
    }
}
