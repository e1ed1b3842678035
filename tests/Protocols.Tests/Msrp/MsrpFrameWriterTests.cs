using System.Buffers;
using System.Text;
using PosteRestante.Protocols.Msrp;

namespace PosteRestante.Protocols.Tests.Msrp;

public sealed class MsrpFrameWriterTests
{
    private const string To = "msrp://192.0.2.7:9/bQ7x;tcp";
    private const string From = "msrp://198.51.100.5:2855/Rw8;tcp";

    [Fact]
    public void Send_Written_IsSpelledAsInTheRfc()
    {
        ArrayBufferWriter<byte> output = new();
        MsrpFrameWriter.WriteSendHead(output, Head("a7c1e94b5f02d6e8", new MsrpByteRange(1, null, 3000)));
        output.Write("Noon?"u8);
        MsrpFrameWriter.WriteEndLine(output, "a7c1e94b5f02d6e8"u8, MsrpFlag.More);

        Text(output).ShouldBe(
            $"MSRP a7c1e94b5f02d6e8 SEND\r\nTo-Path: {To}\r\nFrom-Path: {From}\r\nMessage-ID: d7fq2mxk7\r\n"
            + "Success-Report: yes\r\nFailure-Report: yes\r\nByte-Range: 1-*/3000\r\nContent-Type: text/plain\r\n\r\nNoon?\r\n"
            + "-------a7c1e94b5f02d6e8+\r\n");
    }

    [Fact]
    public void BodilessSend_Written_HasNoContentTypeAndNoBlankLine()
    {
        ArrayBufferWriter<byte> output = new();
        MsrpFrameWriter.WriteBodilessSend(output, new MsrpSendHead
        {
            TransactionId = "abcd"u8,
            ToPath = Encoding.ASCII.GetBytes(To),
            FromPath = Encoding.ASCII.GetBytes(From),
            MessageId = "efgh"u8,
            ByteRange = MsrpByteRange.Empty,
        });

        Text(output).ShouldBe(
            $"MSRP abcd SEND\r\nTo-Path: {To}\r\nFrom-Path: {From}\r\nMessage-ID: efgh\r\nFailure-Report: yes\r\n"
            + "Byte-Range: 1-0/0\r\n-------abcd$\r\n");
    }

    [Fact]
    public void Response_Written_IsReadBack()
    {
        ArrayBufferWriter<byte> output = new();
        MsrpFrameWriter.WriteResponse(output, "abcd"u8, 481, Encoding.ASCII.GetBytes(To), Encoding.ASCII.GetBytes(From));

        Text(output).ShouldBe(
            $"MSRP abcd 481 Session Does Not Exist\r\nTo-Path: {To}\r\nFrom-Path: {From}\r\n-------abcd$\r\n");
    }

    [Fact]
    public void Report_Written_IsReadBack()
    {
        ArrayBufferWriter<byte> output = new();
        MsrpFrameWriter.WriteReport(
            output,
            "abcd"u8,
            Encoding.ASCII.GetBytes(To),
            Encoding.ASCII.GetBytes(From),
            "efgh"u8,
            MsrpByteRange.Whole(long.MaxValue),
            200);

        RecordedFrame frame = Transcript.Whole(output.WrittenSpan.ToArray()).Frames.ShouldHaveSingleItem();
        frame.Error.ShouldBe(MsrpParseError.None);
        frame.Head.ShouldContain("|efgh|1-9223372036854775807/9223372036854775807|");
    }

    [Fact]
    public void Frames_WrittenAtRandom_AreReadBackInAnyCut()
    {
        Random random = new(20261122);
        for (int i = 0; i < 500; i++)
        {
            byte[] body = RandomBody(random);
            MsrpFlag flag = "$+#".Select(c => (MsrpFlag)c).ElementAt(random.Next(3));
            string id = RandomIdent(random);
            if (MsrpFrameWriter.EndLineOccursIn(body, Encoding.ASCII.GetBytes(id)))
            {
                continue;
            }

            ArrayBufferWriter<byte> output = new();
            MsrpByteRange range = new(random.Next(1, 99), random.Next(2) == 0 ? null : 1000, random.Next(2) == 0 ? null : 5000);
            MsrpFrameWriter.WriteSendHead(output, Head(id, range));
            output.Write(body);
            MsrpFrameWriter.WriteEndLine(output, Encoding.ASCII.GetBytes(id), flag);

            int cut = random.Next(output.WrittenCount);
            RecordedFrame frame = Transcript.Split(output.WrittenSpan.ToArray(), cut).Frames.ShouldHaveSingleItem();
            frame.Body.ShouldBe(Encoding.Latin1.GetString(body));
            frame.Flag.ShouldBe(flag);
            frame.Error.ShouldBe(MsrpParseError.None);
            frame.Head.ShouldContain($"|{range}|True|Yes||text/plain");
        }
    }

    [Theory]
    [InlineData("a\r\nX: y")]
    [InlineData("a\n")]
    [InlineData("")]
    public void Header_WithLineBreakOrNothing_IsRefused(string value) =>
        Should.Throw<ArgumentException>(() => MsrpFrameWriter.WriteResponse(
            new ArrayBufferWriter<byte>(), "abcd"u8, 200, Encoding.ASCII.GetBytes(value), "x"u8));

    [Theory]
    [InlineData("x-------abcd", true)]
    [InlineData("--------abcd$", true)]
    [InlineData("-------abce-------abcd+", true)]
    [InlineData("-------abc", false)]
    [InlineData("------abcd", false)]
    [InlineData("", false)]
    public void EndLine_InContent_IsFound(string content, bool expected) =>
        MsrpFrameWriter.EndLineOccursIn(Encoding.ASCII.GetBytes(content), "abcd"u8).ShouldBe(expected);

    [Theory]
    [InlineData(200, "OK")]
    [InlineData(400, "Bad Request")]
    [InlineData(403, "Forbidden")]
    [InlineData(408, "Timeout")]
    [InlineData(413, "Stop Sending Message")]
    [InlineData(415, "Unsupported Media Type")]
    [InlineData(423, "Parameter Out Of Bounds")]
    [InlineData(481, "Session Does Not Exist")]
    [InlineData(501, "Unknown Method")]
    [InlineData(506, "Session In Use")]
    [InlineData(999, "")]
    public void StatusCode_HasItsComment(int code, string comment) =>
        Encoding.ASCII.GetString(MsrpStatusCode.Comment(code)).ShouldBe(comment);

    private static MsrpSendHead Head(string id, MsrpByteRange range) => new()
    {
        TransactionId = Encoding.ASCII.GetBytes(id),
        ToPath = Encoding.ASCII.GetBytes(To),
        FromPath = Encoding.ASCII.GetBytes(From),
        MessageId = "d7fq2mxk7"u8,
        ByteRange = range,
        SuccessReport = true,
        ContentType = "text/plain"u8,
    };

    private static byte[] RandomBody(Random random)
    {
        byte[] body = new byte[random.Next(80)];
        for (int i = 0; i < body.Length; i++)
        {
            body[i] = (byte)"-\r\nab$+#"[random.Next(8)];
        }

        return body;
    }

    private static string RandomIdent(Random random) =>
        "a" + string.Concat(Enumerable.Range(0, random.Next(3, 32)).Select(_ => "ab.-+%="[random.Next(7)]));

    private static string Text(ArrayBufferWriter<byte> output) => Encoding.ASCII.GetString(output.WrittenSpan);
}
