using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;

namespace PosteRestante.Protocols.Tests.Sip;

/// <summary>Each limit, at it and over it; over it the answer is the one the limit is documented with.</summary>
public sealed class SipParserLimitTests
{
    [Fact]
    public void MaxMessageBytes_IsHeldExactly() =>
        AtAndOver(length => new SipParserOptions { MaxMessageBytes = length }, SipTestMessages.Deposit.Length, SipParseError.MessageTooLarge, 513);

    [Fact]
    public void MaxBodyBytes_IsHeldExactly() =>
        AtAndOver(length => new SipParserOptions { MaxBodyBytes = length }, 5, SipParseError.BodyTooLarge, 413);

    [Fact]
    public void MaxHeaders_IsHeldExactly() =>
        AtAndOver(count => new SipParserOptions { MaxHeaders = count }, 14, SipParseError.TooManyHeaders, 513);

    [Fact]
    public void MaxUriBytes_IsHeldExactly() =>
        AtAndOver(length => new SipParserOptions { MaxUriBytes = length }, "sip:bob@example.net".Length, SipParseError.RequestUriTooLong, 414);

    [Fact]
    public void MaxHeaderLineBytes_IsHeldExactly() =>
        AtAndOver(
            length => new SipParserOptions { MaxHeaderLineBytes = length },
            SipTestMessages.Deposit.Split("\r\n").Max(line => line.Length),
            SipParseError.HeaderLineTooLong,
            513);

    [Fact]
    public void MaxHeadBytes_IsHeldExactly() =>
        AtAndOver(
            length => new SipParserOptions { MaxHeadBytes = length },
            SipTestMessages.Deposit.Length - "Noon?".Length,
            SipParseError.HeadTooLarge,
            513);

    [Fact]
    public void Parse_ThousandsOfHeaders_StopsAtTheLimit()
    {
        var text = SipTestMessages.With(string.Concat(Enumerable.Repeat("X: 1\r\n", 5000)) + "X: 2");

        SipTestMessages.TryParse(text, out var result).Headers.Count.ShouldBeLessThan(300);
        result.Error.ShouldBe(SipParseError.TooManyHeaders);
    }

    [Fact]
    public void Parse_AfterALimit_CanStillBeAnswered()
    {
        var message = new SipMessage();
        var result = new SipMessageParser(new SipParserOptions { MaxBodyBytes = 4 }).Parse(message, SipTestMessages.Octets(SipTestMessages.Deposit));

        result.Error.ToStatusCode().ShouldBe(413);
        message.CanBeAnswered.ShouldBeTrue();
        message.CallId.ToString().ShouldBe("asd88asd77a@192.0.2.7");
    }

    [Fact]
    public void ToStatusCode_OfEachError_IsARefusal()
    {
        foreach (var error in Enum.GetValues<SipParseError>().Where(error => error != SipParseError.None))
        {
            error.ToStatusCode().ShouldBeInRange(400, 599);
            error.ToReasonPhrase().ShouldNotBeEmpty();
        }
    }

    private static void AtAndOver(Func<int, SipParserOptions> options, int limit, SipParseError error, int status)
    {
        var octets = SipTestMessages.Octets(SipTestMessages.Deposit);

        new SipMessageParser(options(limit)).Parse(new SipMessage(), octets).Error.ShouldBe(SipParseError.None);
        var result = new SipMessageParser(options(limit - 1)).Parse(new SipMessage(), octets);
        result.Error.ShouldBe(error);
        result.Error.ToStatusCode().ShouldBe(status);
    }
}
