using PosteRestante.Protocols.Sip;

namespace PosteRestante.Protocols.Tests.Sip;

public sealed class SipHeaderNamesTests
{
    public static TheoryData<SipHeaderName> Names => [.. Enum.GetValues<SipHeaderName>().Where(name => name != SipHeaderName.Unknown)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Find_NameInAnyCase_IsFound(SipHeaderName name)
    {
        var text = SipHeaderNames.ToText(name);

        text.ShouldNotBeEmpty();
        foreach (var spelling in new[] { text, text.ToUpperInvariant(), text.ToLowerInvariant() })
        {
            SipHeaderNames.Find(SipTestMessages.Octets(spelling)).ShouldBe(name);
            Index(spelling).ShouldBe(name);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Find_NearlyTheName_IsUnknown(SipHeaderName name)
    {
        var text = SipHeaderNames.ToText(name);
        foreach (var spelling in new[] { text + "x", "x" + text, text[..^1] + "~", text.Replace('-', '_') })
        {
            if (spelling != text)
            {
                SipHeaderNames.Find(SipTestMessages.Octets(spelling)).ShouldBe(SipHeaderName.Unknown, spelling);
                Index(spelling).ShouldBe(SipHeaderName.Unknown, spelling);
            }
        }
    }

    [Theory]
    [InlineData("a", SipHeaderName.AcceptContact)]
    [InlineData("b", SipHeaderName.ReferredBy)]
    [InlineData("c", SipHeaderName.ContentType)]
    [InlineData("e", SipHeaderName.ContentEncoding)]
    [InlineData("F", SipHeaderName.From)]
    [InlineData("i", SipHeaderName.CallId)]
    [InlineData("k", SipHeaderName.Supported)]
    [InlineData("L", SipHeaderName.ContentLength)]
    [InlineData("m", SipHeaderName.Contact)]
    [InlineData("o", SipHeaderName.Event)]
    [InlineData("r", SipHeaderName.ReferTo)]
    [InlineData("s", SipHeaderName.Subject)]
    [InlineData("t", SipHeaderName.To)]
    [InlineData("u", SipHeaderName.AllowEvents)]
    [InlineData("V", SipHeaderName.Via)]
    [InlineData("x", SipHeaderName.SessionExpires)]
    [InlineData("q", SipHeaderName.Unknown)]
    [InlineData("!", SipHeaderName.Unknown)]
    [InlineData("", SipHeaderName.Unknown)]
    public void Find_CompactForm_IsItsField(string name, SipHeaderName expected) =>
        SipHeaderNames.Find(SipTestMessages.Octets(name)).ShouldBe(expected);

    // By way of a message, once where a vector is read and once at the very end, where none fits.
    private static SipHeaderName Index(string name)
    {
        var line = $"{name}: 1\r\n";
        var plain = SipTestMessages.TryParse($"OPTIONS sip:h SIP/2.0\r\n{line}X-Rest: {new string('x', 100)}\r\n\r\n", out _).Headers[0];
        var last = SipTestMessages.TryParse($"OPTIONS sip:h SIP/2.0\r\n{line}\r\n", out _).Headers[0];

        last.Name.ShouldBe(plain.Name);
        plain.NameText.ToString().ShouldBe(name);
        last.Line.ToString().ShouldBe(line);
        return plain.Name;
    }
}
