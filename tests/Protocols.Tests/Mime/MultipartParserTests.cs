using System.Collections.Immutable;
using System.Text;
using PosteRestante.Protocols.Mime;

namespace PosteRestante.Protocols.Tests.Mime;

public sealed class MultipartParserTests
{
    [Fact]
    public void Body_OfTwoParts_IsTakenApart()
    {
        ImmutableArray<MimePart> parts = Parse(
            "preamble\r\n--x\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n\r\n--x  \r\nContent-Type: application/resource-lists+xml\r\n"
            + "Content-Disposition: recipient-list\r\nContent-ID: <cn35t8@example.com>\r\n\r\n<a/>\r\n--x--\r\nepilogue");

        parts.Length.ShouldBe(2);
        parts[0].ContentType!.Essence.ShouldBe("application/sdp");
        Text(parts[0].Content).ShouldBe("v=0\r\n");
        parts[0].ContentId.ShouldBeNull();
        parts[0].Disposition.ShouldBeNull();
        parts[1].Disposition!.Kind.ShouldBe("recipient-list");
        Text(parts[1].ContentId!.Value).ShouldBe("cn35t8@example.com");
        Text(parts[1].Content).ShouldBe("<a/>");
    }

    [Theory]
    [InlineData("--x\r\n\r\nabc\r\n--x--", "abc")]
    [InlineData("--x\r\n\r\n--x--", "")]
    [InlineData("--x\r\n\r\n\r\n--x--", "")]
    [InlineData("--x\r\n--x--", "")]
    [InlineData("--x\r\nA: b\r\n--x--", "")]
    [InlineData("--x\r\nA: b\r\n\r\n--y\r\n--xy\r\n-x\r\n--x--", "--y\r\n--xy\r\n-x")]
    [InlineData("--xy\r\n--x\r\n\r\na\0\u00ff\r\n--x--junk", "a\0\u00ff")]
    public void Body_OfOnePart_KeepsItsOctets(string body, string expected) =>
        Text(Parse(body).ShouldHaveSingleItem().Content).ShouldBe(expected);

    [Fact]
    public void Header_Folded_IsOneHeader()
    {
        MimePart part = Parse("--x\r\nContent-Type: multipart/mixed;\r\n boundary=y\r\nX-Y:z\r\n\r\n--x--").ShouldHaveSingleItem();

        part.Headers.Length.ShouldBe(2);
        Text(part.Header("content-type")!.Value).ShouldBe("multipart/mixed;\r\n boundary=y");
        Text(part.Header("x-y")!.Value).ShouldBe("z");
        part.Header("absent").ShouldBeNull();
    }

    [Theory]
    [InlineData("", MimeError.NoParts)]
    [InlineData("nothing", MimeError.NoParts)]
    [InlineData("--x", MimeError.NoParts)]
    [InlineData("--x--", MimeError.NoParts)]
    [InlineData("--x\r\n\r\nabc", MimeError.Unterminated)]
    [InlineData("--x\r\n\r\nabc\r\n--x\r\n", MimeError.Unterminated)]
    [InlineData("--x\r\nno colon\r\n\r\nabc\r\n--x--", MimeError.BadHeader)]
    [InlineData("--x\r\n: v\r\n\r\nabc\r\n--x--", MimeError.BadHeader)]
    [InlineData("--x\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n--x--", MimeError.TooManyHeaders)]
    [InlineData("--x\r\nA: 1234567890123456789012345678901234567890\r\n\r\n--x--", MimeError.HeadersTooLong)]
    [InlineData("--x\r\n\r\n1\r\n--x\r\n\r\n2\r\n--x\r\n\r\n3\r\n--x\r\n\r\n4\r\n--x--", MimeError.TooManyParts)]
    public void Body_BadOrOverALimit_SaysWhy(string body, MimeError expected)
    {
        MimeOptions options = new() { MaxParts = 3, MaxHeaders = 2, MaxHeaderBytes = 40 };

        MultipartParser.Parse(Octets(body), Type("multipart/mixed;boundary=x"), options, out ImmutableArray<MimePart> parts)
            .ShouldBe(expected);
        parts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("text/plain;boundary=x", 0, MimeError.NoBoundary)]
    [InlineData("multipart/mixed", 0, MimeError.NoBoundary)]
    [InlineData("multipart/mixed;boundary=x", 3, MimeError.None)]
    [InlineData("multipart/mixed;boundary=x", 4, MimeError.TooDeep)]
    public void Body_OfOtherTypeOrTooDeep_SaysWhy(string type, int depth, MimeError expected) =>
        MultipartParser.Parse(Octets("--x\r\n\r\na\r\n--x--"), Type(type), new MimeOptions(), out _, depth).ShouldBe(expected);

    [Fact]
    public void Parser_OnMutatedBodies_NeverThrowsAndStaysInside()
    {
        byte[] seed = Octets("a\r\n--x\r\nContent-Type: a/b;c=\"d\"\r\n\r\nbody\r\n--x\r\n\r\n\r\n--x--\r\n");
        int start = Environment.TickCount;
        Random random = new(start);
        for (int i = 0; i < 20000; i++)
        {
            byte[] body = [.. seed];
            for (int n = random.Next(1, 8); n > 0; n--)
            {
                body[random.Next(body.Length)] = (byte)"\r\n-x :;\"a\0"[random.Next(10)];
            }

            MimeError error = MultipartParser.Parse(
                body, Type("multipart/mixed;boundary=x"), new MimeOptions(), out ImmutableArray<MimePart> parts);
            parts.IsEmpty.ShouldBe(error != MimeError.None, $"seed {start}, iteration {i}");
            parts.Sum(part => part.Content.Length).ShouldBeLessThanOrEqualTo(body.Length, $"seed {start}, iteration {i}");
            _ = parts.Select(part => (part.ContentType, part.Disposition, part.ContentId)).ToArray();
        }
    }

    private static ImmutableArray<MimePart> Parse(string body)
    {
        MultipartParser.Parse(Octets(body), Type("multipart/mixed;boundary=x"), new MimeOptions(), out ImmutableArray<MimePart> parts)
            .ShouldBe(MimeError.None);
        return parts;
    }

    private static MediaType Type(string text)
    {
        MediaType.TryParse(text, out MediaType? type).ShouldBeTrue();
        return type!;
    }

    private static byte[] Octets(string text) => Encoding.Latin1.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte> octets) => Encoding.Latin1.GetString(octets.Span);
}
