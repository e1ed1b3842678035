using System.Text;
using PosteRestante.Protocols.Msrp;

namespace PosteRestante.Protocols.Tests.Msrp;

public sealed class MsrpFrameReaderTests
{
    private const string Paths =
        "To-Path: msrp://bob.example.com:8888/9di4ea;tcp\r\nFrom-Path: msrp://alice.example.com:7777/iau39;tcp\r\n";

    private const string Send =
        "MSRP d93kswow SEND\r\n" + Paths + "Message-ID: 12339sdqwer\r\nByte-Range: 1-16/16\r\nContent-Type: text/plain\r\n";

    [Fact]
    public void Send_WithBody_GivesTypedHeadBodyAndFlag()
    {
        RecordedFrame frame = Single(Send + "\r\nHi, I'm Alice!\r\n\r\n-------d93kswow$\r\n");

        frame.Body.ShouldBe("Hi, I'm Alice!\r\n");
        frame.Flag.ShouldBe(MsrpFlag.Complete);
        frame.Error.ShouldBe(MsrpParseError.None);
        frame.Head.ShouldContain("d93kswow Send SEND");
        frame.Head.ShouldContain("|12339sdqwer|1-16/16|False|Yes||text/plain");
    }

    [Fact]
    public void Response_WithoutComment_IsRead()
    {
        RecordedFrame frame = Single("MSRP d93kswow 200\r\n" + Paths + "-------d93kswow$\r\n");

        frame.Head.ShouldStartWith("d93kswow None  200 |");
        frame.Error.ShouldBe(MsrpParseError.None);
    }

    [Fact]
    public void Report_WithStatusAndRange_IsTyped()
    {
        RecordedFrame frame = Single(
            "MSRP dkei38sd REPORT\r\n" + Paths
            + "Message-ID: 12339sdqwer\r\nByte-Range: 1-106/106\r\nStatus: 000 200 OK\r\n-------dkei38sd$\r\n");

        frame.Head.ShouldContain("|1-106/106|False|Yes|MsrpStatus { Namespace = 0, Code = 200, IsSuccess = True }|");
    }

    [Theory]
    [InlineData("AUTH", MsrpMethod.Auth)]
    [InlineData("NICKNAME", MsrpMethod.Nickname)]
    [InlineData("FROBNICATE", MsrpMethod.Unknown)]
    public void Request_OfOtherMethod_KeepsItsText(string method, MsrpMethod expected)
    {
        RecordedFrame frame = Single($"MSRP d93kswow {method}\r\n{Paths}Use-Nickname: \"Al\"\r\n-------d93kswow$\r\n");

        frame.Head.ShouldStartWith($"d93kswow {expected} {method} 0");
        frame.Head.ShouldEndWith("\nUse-Nickname: \"Al\"");
        frame.Error.ShouldBe(MsrpParseError.None);
    }

    [Theory]
    [InlineData("-------d93kswow")]
    [InlineData("x\r\n-------d93kswo\r\n")]
    [InlineData("\r\n-------d93kswow\r\n")]
    [InlineData("\r\n-------d93kswow$\r")]
    [InlineData("\r\n-------d93kswow$x\r\n")]
    [InlineData("\r\n-------d93kswowx$\r\n")]
    [InlineData("\r\r\n\r\n------d93kswow$\r\n-------d93kswov$\r\n")]
    [InlineData("\r\n-------d93kswow$\r\r\n-------d93kswow+\rx")]
    [InlineData("MSRP abcd SEND\r\n\r\n\r\n-------abcd$\r\n")]
    [InlineData("--------d93kswow$\r\n")]
    public void Body_WithTextLikeAnEndLine_IsKeptWhole(string body)
    {
        string stream = Send + "\r\n" + body + "\r\n-------d93kswow+\r\n";

        AllCuts(stream).Frames.ShouldHaveSingleItem().Body.ShouldBe(body);
    }

    [Fact]
    public void Body_BeginningWithHyphensOfNoEndLine_IsKeptWhole() =>
        AllCuts(Send + "\r\n-------d93kswow!\r\nx\r\n-------d93kswow$\r\n").Frames.ShouldHaveSingleItem()
            .Body.ShouldBe("-------d93kswow!\r\nx");

    [Theory]
    [InlineData("\r\n\r\n-------d93kswow$\r\n")]
    [InlineData("\r\n-------d93kswow$\r\n")]
    [InlineData("-------d93kswow$\r\n")]
    public void Body_WithoutOctets_IsEmpty(string afterHeaders)
    {
        RecordedFrame frame = AllCuts(Send + afterHeaders).Frames.ShouldHaveSingleItem();

        frame.Body.ShouldBe("");
        frame.Flag.ShouldBe(MsrpFlag.Complete);
        frame.Error.ShouldBe(MsrpParseError.None);
    }

    [Fact]
    public void Stream_WithCrLfBetweenFrames_SkipsThem() =>
        AllCuts("\r\n\r\n" + Send + "\r\nx\r\n-------d93kswow#\r\n\r\n" + Send + "\r\ny\r\n-------d93kswow$\r\n")
            .Frames.Select(frame => (frame.Body, frame.Flag))
            .ShouldBe([("x", MsrpFlag.Abort), ("y", MsrpFlag.Complete)]);

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n", MsrpParseError.BadStartLine)]
    [InlineData("\u0016\u0003\u0001\u0002", MsrpParseError.BadStartLine)]
    [InlineData("MSRP d93kswow\r\n", MsrpParseError.BadStartLine)]
    [InlineData("MSRP d93kswow send\r\n", MsrpParseError.BadStartLine)]
    [InlineData("MSRP d93kswow SEND \r\n", MsrpParseError.BadStartLine)]
    [InlineData("MSRP d93kswow 20 OK\r\n", MsrpParseError.BadStartLine)]
    [InlineData("MSRP d93kswow 2000\r\n", MsrpParseError.BadStartLine)]
    [InlineData("MSRP abc SEND\r\n", MsrpParseError.BadTransactionId)]
    [InlineData("MSRP -bcd SEND\r\n", MsrpParseError.BadTransactionId)]
    [InlineData("MSRP ab@d SEND\r\n", MsrpParseError.BadTransactionId)]
    [InlineData("MSRP a23456789012345678901234567890123 SEND\r\n", MsrpParseError.BadTransactionId)]
    [InlineData("MSRP d93kswow SEND\n", MsrpParseError.BareLineFeed)]
    [InlineData("MSRP d93kswow SEND\r\nTo-Path: x\n", MsrpParseError.BareLineFeed)]
    public void Stream_ThatIsNoMsrp_IsMalformed(string stream, MsrpParseError expected)
    {
        AllCuts(stream).Error.ShouldBe(expected);
        expected.IsFatal().ShouldBeTrue();
    }

    [Theory]
    [InlineData("", MsrpParseError.MissingToPath)]
    [InlineData("To-Path: a\r\n", MsrpParseError.MissingFromPath)]
    [InlineData(Paths, MsrpParseError.MissingMessageId)]
    [InlineData(Paths + "Message-ID: \r\n", MsrpParseError.BadMessageId)]
    [InlineData(Paths + "Message-ID: a b\r\n", MsrpParseError.BadMessageId)]
    [InlineData(Paths + "Message-ID: abcd\r\nMessage-ID: abcd\r\n", MsrpParseError.DuplicateHeader)]
    [InlineData(Paths + "Message-ID: abcd\r\nByte-Range: 1-2\r\n", MsrpParseError.BadByteRange)]
    [InlineData(Paths + "Message-ID: abcd\r\nSuccess-Report: maybe\r\n", MsrpParseError.BadReportRequest)]
    [InlineData(Paths + "Message-ID: abcd\r\nFailure-Report: maybe\r\n", MsrpParseError.BadReportRequest)]
    [InlineData(Paths + "Message-ID: abcd\r\nStatus: OK\r\n", MsrpParseError.BadStatus)]
    [InlineData(Paths + "Message-ID: abcd\r\nno colon\r\n", MsrpParseError.BadHeader)]
    [InlineData(Paths + "Message-ID: abcd\r\nX: a\u0000b\r\n", MsrpParseError.BadHeader)]
    [InlineData(Paths + "Message-ID: abcd\r\n-------abcdefgh$\r\n", MsrpParseError.BadHeader)]
    public void Send_WithBadHeader_IsReadToItsEndAndSaysWhy(string headers, MsrpParseError expected)
    {
        Transcript read = AllCuts("MSRP d93kswow SEND\r\n" + headers + "-------d93kswow$\r\n" + Send + "-------d93kswow$\r\n");

        read.Frames.Count.ShouldBe(2);
        read.Frames[0].Error.ShouldBe(expected);
        read.Frames[1].Error.ShouldBe(MsrpParseError.None);
        expected.IsFatal().ShouldBeFalse();
        expected.StatusCode().ShouldBe(400);
    }

    [Fact]
    public void Report_WithoutStatus_SaysSo() =>
        Single("MSRP d93kswow REPORT\r\n" + Paths + "Message-ID: abcd\r\n-------d93kswow$\r\n")
            .Error.ShouldBe(MsrpParseError.MissingStatus);

    [Fact]
    public void Body_WithoutContentType_SaysSo() =>
        Single("MSRP d93kswow SEND\r\n" + Paths + "Message-ID: abcd\r\n\r\nx\r\n-------d93kswow$\r\n")
            .Error.ShouldBe(MsrpParseError.MissingContentType);

    [Fact]
    public void Headers_InAnyCaseAndSpacing_AreKnown() =>
        Single("MSRP d93kswow SEND\r\nTO-PATH:a\r\nfrom-path: \t b \r\nMessage-id: abcd\r\nFAILURE-REPORT: Partial\r\n-------d93kswow$\r\n")
            .Head.ShouldContain("|a|b|abcd||False|Partial|");

    [Fact]
    public void Head_LongerThanTheLimit_IsMalformed()
    {
        MsrpFrameOptions options = new() { MaxHeadBytes = 200 };
        string fits = "MSRP d93kswow SEND\r\nX: ";

        Transcript.Whole(Octets(fits + new string('x', 200)), options).Error.ShouldBe(MsrpParseError.HeadTooLong);
        Transcript.ByteByByte(Octets(fits + new string('x', 200)), options).Error.ShouldBe(MsrpParseError.HeadTooLong);
        Transcript.Whole(Octets(fits + new string('x', 100)), options).Error.ShouldBe(MsrpParseError.None);
    }

    [Fact]
    public void Head_WithMoreHeadersThanTheLimit_IsMalformed()
    {
        string many = "MSRP d93kswow SEND\r\n" + string.Concat(Enumerable.Range(0, 9).Select(i => $"X{i}: y\r\n"));

        AllCuts(many, new MsrpFrameOptions { MaxHeaders = 8 }).Error.ShouldBe(MsrpParseError.TooManyHeaders);
        AllCuts(many, new MsrpFrameOptions { MaxHeaders = 9 }).Error.ShouldBe(MsrpParseError.None);
    }

    [Fact]
    public void Chunk_LongerThanTheLimit_IsMalformed()
    {
        string stream = Send + "\r\n0123456789\r\n-------d93kswow$\r\n";

        AllCuts(stream, new MsrpFrameOptions { MaxChunkBytes = 9 }).Error.ShouldBe(MsrpParseError.ChunkTooLong);
        AllCuts(stream, new MsrpFrameOptions { MaxChunkBytes = 10 }).Error.ShouldBe(MsrpParseError.None);
        MsrpParseError.ChunkTooLong.StatusCode().ShouldBe(413);
    }

    [Fact]
    public void Stream_CutOff_IsInsideAFrame()
    {
        Transcript.Whole(Octets(Send + "\r\nhalf")).IsInsideFrame.ShouldBeTrue();
        Transcript.Whole(Octets(Send + "-------d93kswow$\r\n")).IsInsideFrame.ShouldBeFalse();
    }

    [Fact]
    public void Read_OfManyFrames_DoesNotAllocate()
    {
        byte[] stream = Octets(Send + "\r\nHi, I'm Alice!\r\n\r\n-------d93kswow$\r\n");
        MsrpFrameReader reader = new(new MsrpFrameOptions());
        for (int i = 0; i < 100; i++)
        {
            ReadAll(reader, stream);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        int frames = 0;
        for (int i = 0; i < 1000; i++)
        {
            frames += ReadAll(reader, stream);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        frames.ShouldBe(1000);
        allocated.ShouldBe(0);
    }

    private static int ReadAll(MsrpFrameReader reader, ReadOnlySpan<byte> rest)
    {
        int frames = 0;
        MsrpFrameEvent found;
        do
        {
            found = reader.Read(rest, out int consumed, out _);
            rest = rest[consumed..];
            frames += found == MsrpFrameEvent.End ? 1 : 0;
        }
        while (found != MsrpFrameEvent.NeedMoreData);
        return frames;
    }

    private static RecordedFrame Single(string stream) => AllCuts(stream).Frames.ShouldHaveSingleItem();

    private static Transcript AllCuts(string stream, MsrpFrameOptions? options = null)
    {
        byte[] octets = Octets(stream);
        Transcript whole = Transcript.Whole(octets, options);
        Transcript.ByteByByte(octets, options).ShouldEqual(whole, "byte by byte");
        for (int at = 0; at <= octets.Length; at++)
        {
            Transcript.Split(octets, at, options).ShouldEqual(whole, $"split at {at}");
        }

        return whole;
    }

    private static byte[] Octets(string text) => Encoding.Latin1.GetBytes(text);
}
