using System.Text;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipStack.Tests.Msrp;

public sealed class MsrpBufferSinkTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(4L)]
    [InlineData(6L)]
    [InlineData(long.MaxValue)]
    public async Task Message_OfAnyAnnouncedLength_IsHandedOverWhole(long? announced)
    {
        string received = "";
        MsrpBufferSink sink = new(announced, 100_000, body =>
        {
            received = Encoding.ASCII.GetString(body.Span);
            return new ValueTask<int>(200);
        });

        sink.Write(3, "def"u8);
        sink.Write(0, "abc"u8);
        sink.Write(6, "beyond the end"u8);

        (await sink.CompleteAsync(6)).ShouldBe(200);
        received.ShouldBe("abcdef");
    }

    [Fact]
    public async Task Message_LongerThanTheBound_IsRefused()
    {
        MsrpBufferSink sink = new(null, 4, _ => throw new InvalidOperationException("It is too long."));

        sink.Write(0, "abcde"u8);

        (await sink.CompleteAsync(5)).ShouldBe(413);
    }
}
