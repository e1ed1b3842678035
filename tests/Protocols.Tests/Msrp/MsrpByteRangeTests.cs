using System.Text;
using PosteRestante.Protocols.Msrp;

namespace PosteRestante.Protocols.Tests.Msrp;

public sealed class MsrpByteRangeTests
{
    [Theory]
    [InlineData("1-16/16", 1, 16L, 16L)]
    [InlineData("1-*/9000", 1, null, 9000L)]
    [InlineData("2049-*/*", 2049, null, null)]
    [InlineData("1-0/0", 1, 0L, 0L)]
    [InlineData("5-4/*", 5, 4L, null)]
    [InlineData("1-9223372036854775807/9223372036854775807", 1, long.MaxValue, long.MaxValue)]
    public void Range_WrittenAndRead_IsTheSame(string text, long start, long? end, long? total)
    {
        MsrpByteRange.TryParse(Encoding.ASCII.GetBytes(text), out MsrpByteRange range).ShouldBeTrue();

        range.ShouldBe(new MsrpByteRange(start, end, total));
        Span<byte> written = stackalloc byte[MsrpByteRange.MaxTextLength];
        Encoding.ASCII.GetString(written[..range.Format(written)]).ShouldBe(text);
        range.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1-2")]
    [InlineData("1/2")]
    [InlineData("-2/3")]
    [InlineData("0-2/3")]
    [InlineData("*-2/3")]
    [InlineData("1-/3")]
    [InlineData("1-2/")]
    [InlineData("+1-2/3")]
    [InlineData("1--2/3")]
    [InlineData("1-2/3/4")]
    [InlineData("3-1/9")]
    [InlineData("1-5/4")]
    [InlineData("6-*/4")]
    [InlineData("1-2 /3")]
    [InlineData("1-99999999999999999999/*")]
    public void Text_ThatIsNoRange_IsRefused(string text) =>
        MsrpByteRange.TryParse(Encoding.ASCII.GetBytes(text), out _).ShouldBeFalse();
}
