using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using PosteRestante.Protocols.Mime;
using PosteRestante.TestKit;

namespace PosteRestante.Protocols.Tests.Mime;

public sealed class MultipartWriterTests
{
    [Fact]
    public void Body_Written_IsAsInTheExample()
    {
        ArrayBufferWriter<byte> output = new();
        Write(output, "p", "one\r\n"u8.ToArray(), "two"u8.ToArray());

        Encoding.ASCII.GetString(output.WrittenSpan).ShouldBe(
            "--p\r\nContent-Type: message/sipfrag\r\n\r\none\r\n\r\n--p\r\nContent-Type: message/sipfrag\r\n\r\ntwo\r\n--p--");
    }

    [Fact]
    public void Overhead_IsWhatIsWritten()
    {
        ArrayBufferWriter<byte> output = new();
        Write(output, "pqr", [], []);

        (int first, int later, int close) = MultipartWriter.Overhead("pqr".Length);
        int header = "Content-Type: message/sipfrag\r\n\r\n".Length;
        output.WrittenCount.ShouldBe(first + later + close + (2 * header));
    }

    [Fact]
    [Requirement("DM-12.2.2.5-2")]
    public void Parts_OfAnyOctets_AreReadBackWhole()
    {
        Random random = new(20261122);
        for (int i = 0; i < 500; i++)
        {
            byte[] one = RandomContent(random);
            byte[] two = RandomContent(random);
            string boundary = MultipartBoundary.Choose(one, two);
            ArrayBufferWriter<byte> output = new();
            Write(output, boundary, one, two);

            MediaType.TryParse($"multipart/mixed;boundary={boundary}", out MediaType? type).ShouldBeTrue();
            MultipartParser.Parse(output.WrittenMemory, type!, new MimeOptions(), out ImmutableArray<MimePart> parts)
                .ShouldBe(MimeError.None);
            parts.Select(part => part.Content.ToArray()).ShouldBe([one, two]);
        }
    }

    [Theory]
    [InlineData("", "p")]
    [InlineData("--", "p")]
    [InlineData("--q", "p")]
    [InlineData("\r\n--p", "pa")]
    [InlineData("--pa--pb", "pc")]
    [InlineData("--p--pa--pb", "pc")]
    public void Boundary_IsTheShortestThatDoesNotOccur(string content, string expected) =>
        MultipartBoundary.Choose(Encoding.ASCII.GetBytes(content)).ShouldBe(expected);

    [Fact]
    public void Boundary_OfContentMadeToCollide_StaysShort()
    {
        string all = string.Concat(
            from a in "abcdefghijklmnopqrstuvwxyz0123456789" from b in "abcdefghijklmnopqrstuvwxyz0123456789" select $"--p{a}{b}");

        string boundary = MultipartBoundary.Choose(Encoding.ASCII.GetBytes(all));

        boundary.Length.ShouldBe(4);
        all.ShouldNotContain("--" + boundary);
    }

    [Fact]
    public void Header_WithALineBreak_IsRefused() => Should.Throw<ArgumentException>(() =>
    {
        MultipartWriter writer = new(new ArrayBufferWriter<byte>(), "p");
        writer.Header("A"u8, "b\r\nC: d"u8);
    });

    private static void Write(ArrayBufferWriter<byte> output, string boundary, byte[] one, byte[] two)
    {
        MultipartWriter writer = new(output, boundary);
        foreach (byte[] content in new[] { one, two })
        {
            writer.BeginPart();
            writer.Header("Content-Type"u8, "message/sipfrag"u8);
            writer.BeginContent();
            output.Write(content);
        }

        writer.Close();
    }

    private static byte[] RandomContent(Random random)
    {
        byte[] content = new byte[random.Next(200)];
        for (int i = 0; i < content.Length; i++)
        {
            content[i] = (byte)"--ppab\r\n\0"[random.Next(9)];
        }

        return content;
    }
}
