using System.Text;
using PosteRestante.Protocols.Sdp;

namespace PosteRestante.Protocols.Tests.Sdp;

public sealed class SdpParserTests
{
    private const string Canonical =
        "v=0\r\no=alice 2890844526 2890844527 IN IP6 2001:db8::7\r\ns=a call\r\ni=info\r\nu=http://example.com/\r\n"
        + "e=a@example.com\r\np=+1 617 555-6011\r\nc=IN IP6 2001:db8::7\r\nb=AS:64\r\nt=0 0\r\nr=7d 1h 0 25h\r\nt=5 6\r\nk=prompt\r\n"
        + "a=tool:x\r\na=inactive\r\n"
        + "m=audio 49170/2 RTP/AVP 0 8\r\ni=voice\r\nc=IN IP4 192.0.2.1\r\nb=AS:32\r\na=rtpmap:0 PCMU/8000\r\na=sendrecv\r\n"
        + "m=message 2855 TCP/MSRP *\r\na=accept-types:text/plain\r\na=path:msrp://192.0.2.1:2855/s;tcp\r\n";

    [Fact]
    public void Description_InCanonicalOrder_IsWrittenAsRead() =>
        Encoding.UTF8.GetString(SdpWriter.Write(Parse(Canonical))).ShouldBe(Canonical);

    [Fact]
    public void Description_WithBareLineFeeds_IsRead() =>
        Encoding.UTF8.GetString(SdpWriter.Write(Parse(Canonical.Replace("\r\n", "\n")))).ShouldBe(Canonical);

    [Fact]
    public void Description_OutOfOrder_IsWrittenInOrder() =>
        Encoding.UTF8.GetString(SdpWriter.Write(Parse("v=0\r\ns=-\r\nt=0 0\r\nb=AS:1\r\nc=IN IP4 h\r\no=- 1 1 IN IP4 h\r\n\r\n")))
            .ShouldBe("v=0\r\no=- 1 1 IN IP4 h\r\ns=-\r\nc=IN IP4 h\r\nb=AS:1\r\nt=0 0\r\n");

    [Fact]
    public void Direction_OfTheMedia_OverridesTheSessions()
    {
        SdpSession session = Parse(Canonical);

        session.Media[0].Direction(session).ShouldBe(SdpDirection.SendRecv);
        session.Media[1].Direction(session).ShouldBe(SdpDirection.Inactive);
    }

    [Theory]
    [InlineData("", SdpError.MissingVersion, 0)]
    [InlineData("o=- 1 1 IN IP4 h", SdpError.MissingVersion, 1)]
    [InlineData("v=1", SdpError.BadVersion, 1)]
    [InlineData("v=0", SdpError.MissingOrigin, 0)]
    [InlineData("v=0\no=- 1 1 IN IP4 h", SdpError.MissingName, 0)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\ns=-", SdpError.MissingTime, 0)]
    [InlineData("v=0\nv=0", SdpError.DuplicateLine, 2)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\no=- 1 1 IN IP4 h", SdpError.DuplicateLine, 3)]
    [InlineData("v=0\ns=-\ns=-", SdpError.DuplicateLine, 3)]
    [InlineData("v=0\no=- 1 IN IP4 h", SdpError.BadOrigin, 2)]
    [InlineData("v=0\no=- x 1 IN IP4 h", SdpError.BadOrigin, 2)]
    [InlineData("v=0\nc=IN IP4", SdpError.BadConnection, 2)]
    [InlineData("v=0\nm=message 9 TCP/MSRP", SdpError.BadMedia, 2)]
    [InlineData("v=0\nm=message x TCP/MSRP *", SdpError.BadPort, 2)]
    [InlineData("v=0\nm=message 65536 TCP/MSRP *", SdpError.BadPort, 2)]
    [InlineData("v=0\nm=message 9/x TCP/MSRP *", SdpError.BadPort, 2)]
    [InlineData("v=0\na=", SdpError.BadAttribute, 2)]
    [InlineData("v=0\na=:x", SdpError.BadAttribute, 2)]
    [InlineData("v=0\nnonsense", SdpError.BadLine, 2)]
    [InlineData("v=0\n=x", SdpError.BadLine, 2)]
    [InlineData("v=0\ns=a\0b", SdpError.BadLine, 2)]
    [InlineData("v=0\nm=audio 1 RTP/AVP 0\ns=-", SdpError.MisplacedLine, 3)]
    [InlineData("v=0\na=1\na=2\na=3\na=4\na=5\na=6\na=7\na=8\na=9", SdpError.TooManyLines, 9)]
    [InlineData("v=0\nm=a 1 b c\nm=a 1 b c\nm=a 1 b c", SdpError.TooManyMedia, 4)]
    public void Description_BadOrOverALimit_SaysWhyAndWhere(string text, SdpError expected, int line)
    {
        SdpOptions options = new() { MaxLines = 8, MaxMedia = 2 };

        SdpParser.Parse(Encoding.UTF8.GetBytes(text), options, out SdpSession? session, out int errorLine).ShouldBe(expected);
        errorLine.ShouldBe(line);
        session.ShouldBeNull();
    }

    [Fact]
    public void Description_TooLongOrNotUtf8_SaysSo()
    {
        SdpParser.Parse(new byte[11], new SdpOptions { MaxBytes = 10 }, out _, out _).ShouldBe(SdpError.TooLong);
        SdpParser.Parse([(byte)'v', (byte)'=', 0xff], new SdpOptions(), out _, out _).ShouldBe(SdpError.NotUtf8);
    }

    [Fact]
    public void Parser_OnMutatedDescriptions_NeverThrowsAndReadsWhatItWrites()
    {
        byte[] seed = Encoding.UTF8.GetBytes(Canonical);
        int start = Environment.TickCount;
        Random random = new(start);
        int accepted = 0;
        for (int i = 0; i < 20000; i++)
        {
            byte[] text = [.. seed];
            for (int n = random.Next(1, 5); n > 0; n--)
            {
                text[random.Next(text.Length)] = (byte)"\r\n=: abcmosvt0\0"[random.Next(15)];
            }

            if (SdpParser.Parse(text, new SdpOptions(), out SdpSession? session, out _) == SdpError.None)
            {
                accepted++;
                byte[] written = SdpWriter.Write(session!);
                SdpParser.Parse(written, new SdpOptions(), out SdpSession? again, out _)
                    .ShouldBe(SdpError.None, $"seed {start}, iteration {i}");
                SdpWriter.Write(again!).ShouldBe(written, $"seed {start}, iteration {i}");
            }
        }

        accepted.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Writer_OfAValueWithALineBreak_Throws()
    {
        SdpSession session = new() { Origin = new SdpOrigin("-", "1", "1", "IN", "IP4", "h"), Name = "a\r\na=x" };

        Should.Throw<ArgumentException>(() => SdpWriter.Write(session));
    }

    private static SdpSession Parse(string text)
    {
        SdpParser.Parse(Encoding.UTF8.GetBytes(text), new SdpOptions(), out SdpSession? session, out _).ShouldBe(SdpError.None);
        return session!;
    }
}
