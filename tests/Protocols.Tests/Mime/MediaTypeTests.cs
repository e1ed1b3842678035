using System.Text;
using PosteRestante.Protocols.Mime;

namespace PosteRestante.Protocols.Tests.Mime;

public sealed class MediaTypeTests
{
    [Theory]
    [InlineData("text/plain", "text/plain")]
    [InlineData("Text/PLAIN ; charset=UTF-8;", "text/plain;charset=UTF-8")]
    [InlineData("multipart/mixed;boundary=\"a b\\\"c\"", "multipart/mixed;boundary=\"a b\\\"c\"")]
    [InlineData("multipart/mixed; boundary=a=b/c?", "multipart/mixed;boundary=\"a=b/c?\"")]
    [InlineData("a/b;flag", "a/b;flag")]
    [InlineData("*/*", "*/*")]
    public void Text_OfAType_IsReadAndWritten(string text, string expected)
    {
        MediaType.TryParse(text, out MediaType? type).ShouldBeTrue();

        type!.ToString().ShouldBe(expected);
        MediaType.TryParse(type.ToString(), out MediaType? again).ShouldBeTrue();
        again!.ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("/plain")]
    [InlineData("text/")]
    [InlineData("te xt/plain")]
    [InlineData("text/plain charset=x")]
    [InlineData("text/plain;charset=\"x")]
    [InlineData("text/plain;=x")]
    [InlineData("text/plain;a=b c")]
    public void Text_ThatIsNoType_IsRefused(string text) => MediaType.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("text/plain", true)]
    [InlineData("TEXT/Plain", true)]
    [InlineData("text/plai", false)]
    [InlineData("textt/plain", false)]
    public void Type_Is_ComparedWithoutCase(string essence, bool expected)
    {
        MediaType.TryParse("Text/Plain;charset=x"u8, out MediaType? type).ShouldBeTrue();

        type!.Is(essence).ShouldBe(expected);
    }

    [Theory]
    [InlineData("multipart/mixed", null)]
    [InlineData("multipart/mixed;boundary=x", "x")]
    [InlineData("multipart/mixed;BOUNDARY=\"x y\"", "x y")]
    [InlineData("multipart/mixed;boundary=\"x \"", null)]
    [InlineData("multipart/mixed;boundary=\"\"", null)]
    public void Boundary_IsReadWhereValid(string text, string? expected)
    {
        MediaType.TryParse(text, out MediaType? type).ShouldBeTrue();

        type!.Boundary.ShouldBe(expected);
    }

    [Fact]
    public void Boundary_OverSeventyCharacters_IsNone()
    {
        MediaType.TryParse($"multipart/mixed;boundary={new string('x', 71)}", out MediaType? type).ShouldBeTrue();

        type!.Boundary.ShouldBeNull();
    }

    [Fact]
    public void Disposition_WithHandlingOptional_SaysSo()
    {
        ContentDisposition.TryParse("Session; Handling=OPTIONAL"u8, out ContentDisposition? found).ShouldBeTrue();

        found!.Kind.ShouldBe("session");
        found.IsOptional.ShouldBeTrue();
        ContentDisposition.TryParse("recipient-list"u8, out found).ShouldBeTrue();
        found!.IsOptional.ShouldBeFalse();
        ContentDisposition.TryParse(Encoding.ASCII.GetBytes(";x"), out _).ShouldBeFalse();
    }
}
