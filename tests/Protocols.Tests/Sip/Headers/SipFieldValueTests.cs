using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Headers;

namespace PosteRestante.Protocols.Tests.Sip.Headers;

/// <summary>The smaller field values: dates, numbers, tokens, media types, warnings, credentials.</summary>
public sealed class SipFieldValueTests
{
    [Fact]
    public void Date_EachDayOfYears_RoundTrips()
    {
        var day = new DateTimeOffset(2023, 12, 25, 1, 2, 3, TimeSpan.Zero);
        for (var i = 0; i < 1600; i++, day = day.AddDays(1).AddHours(7).AddSeconds(13))
        {
            var text = SipDate.Format(day);
            text.Length.ShouldBe(SipDate.Length);
            SipDate.TryParse(SipTestMessages.Octets(text), out var read).ShouldBeTrue(text);
            read.ShouldBe(day);
        }
    }

    [Theory]
    [InlineData("Sun, 22 Nov 2026 10:58:02 EST")]
    [InlineData("Sun, 22 Nov 2026 10:58:02")]
    [InlineData("Sun 22 Nov 2026 10:58:02 GMT ")]
    [InlineData("Sux, 22 Nov 2026 10:58:02 GMT")]
    [InlineData("Sun, 22 Nox 2026 10:58:02 GMT")]
    [InlineData("Sun, 22 ovD 2026 10:58:02 GMT")]
    [InlineData("Sun, 31 Nov 2026 10:58:02 GMT")]
    [InlineData("Sun, 00 Nov 2026 10:58:02 GMT")]
    [InlineData("Sun, 29 Feb 2026 10:58:02 GMT")]
    [InlineData("Sun, 22 Nov 2026 24:58:02 GMT")]
    [InlineData("Sun, 22 Nov 2026 10:60:02 GMT")]
    [InlineData("Sun, 22 Nov 2026 10:58:61 GMT")]
    [InlineData("Sun, 22 Nov 0000 10:58:02 GMT")]
    [InlineData("Sun, 22 Nov 20a6 10:58:02 GMT")]
    [InlineData("Sun, 2x Nov 2026 10:58:02 GMT")]
    public void Date_Malformed_IsRefused(string text)
    {
        SipDate.TryParse(SipTestMessages.Octets(text), out _).ShouldBeFalse();
        SipTestMessages.Parse(SipTestMessages.With("Date: " + text)).GetDate(out _).ShouldBe(SipFieldState.Malformed);
    }

    [Theory]
    [InlineData("0", SipFieldState.Valid, 0u)]
    [InlineData("4294967295", SipFieldState.Valid, uint.MaxValue)]
    [InlineData("4294967296", SipFieldState.Malformed, 0u)]
    [InlineData("-1", SipFieldState.Malformed, 0u)]
    [InlineData("1.5", SipFieldState.Malformed, 0u)]
    [InlineData("", SipFieldState.Malformed, 0u)]
    [InlineData("1\r\nExpires: 1", SipFieldState.Malformed, 0u)]
    public void Expires_AnyText_IsANumberOrMalformed(string value, SipFieldState state, uint seconds)
    {
        SipTestMessages.Parse(SipTestMessages.With("Expires: " + value)).GetExpires(out var read).ShouldBe(state);
        if (state == SipFieldState.Valid)
        {
            read.ShouldBe(seconds);
        }
    }

    [Fact]
    public void OptionalFields_Absent_AreToldAsSuch()
    {
        var message = SipTestMessages.Parse(SipTestMessages.Without("Content-Type").Replace("Expires: 86400\r\n", "", StringComparison.Ordinal));

        message.GetExpires(out _).ShouldBe(SipFieldState.Absent);
        message.GetContentType(out _).ShouldBe(SipFieldState.Absent);
        message.GetToken(SipHeaderName.Event, out _).ShouldBe(SipFieldState.Absent);
        message.GetDelta(SipHeaderName.SessionExpires, out _).ShouldBe(SipFieldState.Absent);
        message.GetAddress(SipHeaderName.Contact, out _).ShouldBe(SipFieldState.Absent);
        message.GetText(SipHeaderName.Organization).ShouldBeNull();
    }

    [Theory]
    [InlineData("text/plain", "text", "plain", "")]
    [InlineData("multipart / mixed ; boundary = \"a;b\"", "multipart", "mixed", "a;b")]
    [InlineData("application/vnd.oma.im+xml;boundary=x", "application", "vnd.oma.im+xml", "x")]
    public void MediaType_WellFormed_TellsItsParts(string text, string type, string subtype, string boundary)
    {
        SipMediaType.TryParse(SipText.From(text), out var media).ShouldBeTrue();

        media.Type.ToString().ShouldBe(type);
        media.Subtype.ToString().ShouldBe(subtype);
        SipQuotedString.Decode(media.Parameters.Get("boundary"u8)).ShouldBe(boundary);
    }

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("text/")]
    [InlineData("/plain")]
    [InlineData("text/plain;")]
    [InlineData("text/plain, text/html")]
    public void ContentType_Malformed_RefusesTheMessage(string text)
    {
        SipTestMessages.TryParse(SipTestMessages.With("Content-Type: " + text), out var result);

        result.Error.ShouldBe(Protocols.Sip.Parsing.SipParseError.BadContentType);
    }

    [Theory]
    [InlineData(null, "application/sdp", true)]
    [InlineData(null, "text/plain", false)]
    [InlineData("", "application/sdp", false)]
    [InlineData("text/*, application/sdp;level=1", "TEXT/plain", true)]
    [InlineData("text/*, application/sdp;level=1", "application/SDP", true)]
    [InlineData("text/*", "application/sdp", false)]
    [InlineData("*/*", "a/b", true)]
    [InlineData("text/plain;q=0.0", "text/plain", false)]
    [InlineData("text/plain;q=0.1", "text/plain", true)]
    public void Accepts_ByRange_FollowsTheDefault(string? accept, string type, bool expected)
    {
        var text = accept is null ? SipTestMessages.Deposit : SipTestMessages.With("Accept: " + accept);

        SipTestMessages.Parse(text).Accepts(type).ShouldBe(expected);
    }

    [Theory]
    [InlineData("session;handling=optional", true)]
    [InlineData("session;Handling=OPTIONAL", true)]
    [InlineData("session;handling=required", false)]
    [InlineData("session", false)]
    public void ContentDisposition_Handling_IsTold(string text, bool optional)
    {
        SipTestMessages.Parse(SipTestMessages.With("Content-Disposition: " + text)).GetToken(SipHeaderName.ContentDisposition, out var token)
            .ShouldBe(SipFieldState.Valid);

        token.Is("SESSION"u8).ShouldBeTrue();
        token.HandlingIsOptional.ShouldBe(optional);
    }

    [Theory]
    [InlineData("1800;refresher=uac", 1800u, "refresher", "uac")]
    [InlineData("18 ;duration=60", 18u, "duration", "60")]
    [InlineData("120 (in \\) (nested) meeting);duration=5", 120u, "duration", "5")]
    [InlineData("90", 90u, "refresher", "")]
    public void Delta_WithParametersAndComment_IsRead(string text, uint seconds, string parameter, string value)
    {
        SipDelta.TryParse(SipText.From(text), out var delta).ShouldBeTrue();

        delta.Seconds.ShouldBe(seconds);
        delta.Parameters.Get(SipTestMessages.Octets(parameter)).ToString().ShouldBe(value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("4294967296")]
    [InlineData("1 (never ends")]
    [InlineData("1;")]
    public void Delta_Malformed_IsRefused(string text) => SipDelta.TryParse(SipText.From(text), out _).ShouldBeFalse();

    [Fact]
    public void Warning_WithQuotes_RoundTrips()
    {
        var warning = new SipWarning(399, "im.example.net:5060", "no \"messages\" \\ left");

        SipWarning.Parse(SipText.From(warning.ToString())).ShouldBe(warning);
        warning.ToString().ShouldBe("399 im.example.net:5060 \"no \\\"messages\\\" \\\\ left\"");
    }

    [Theory]
    [InlineData("")]
    [InlineData("39 a \"b\"")]
    [InlineData("1812 overture \"In Progress\"")]
    [InlineData("399 a b \"c\"")]
    [InlineData("399 \"c\"")]
    [InlineData("399 a \"c")]
    [InlineData("399 a \"c\" d")]
    public void Warning_Malformed_IsNull(string text) => SipWarning.Parse(SipText.From(text)).ShouldBeNull();

    [Fact]
    public void Authentication_Digest_TellsItsParameters()
    {
        SipAuthentication.TryParse(
            SipText.From("digest  username=\"bo\\\"b\", realm = \"a, b\" ,\r\n nonce=\"n==\",uri=\"sip:h;x=1\",qop=auth, nc=00000001,algorithm=SHA-256"),
            out var credentials).ShouldBeTrue();

        credentials.IsDigest.ShouldBeTrue();
        credentials.GetText("USERNAME"u8).ShouldBe("bo\"b");
        credentials.GetText("realm"u8).ShouldBe("a, b");
        credentials.GetText("uri"u8).ShouldBe("sip:h;x=1");
        credentials.GetText("algorithm"u8).ShouldBe("SHA-256");
        credentials.GetText("opaque"u8).ShouldBeNull();
        credentials.TryGet("nonce"u8, out var nonce).ShouldBeTrue();
        nonce.ToString().ShouldBe("\"n==\"");
    }

    [Fact]
    public void Authentication_OtherScheme_IsTakenWithoutLookingInside()
    {
        SipAuthentication.TryParse(SipText.From("Bearer abc/def=="), out var credentials).ShouldBeTrue();

        credentials.IsDigest.ShouldBeFalse();
        credentials.Scheme.ToString().ShouldBe("Bearer");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Digest")]
    [InlineData("Digest ")]
    [InlineData("Digest =b")]
    [InlineData("Digest realm")]
    [InlineData("Digest realm=")]
    [InlineData("Digest realm=\"x")]
    [InlineData("Digest realm=\"x\" nonce=\"y\"")]
    [InlineData("Digest realm=\"x\",")]
    [InlineData("Digest realm=\"x\",,nonce=\"y\"")]
    [InlineData("Digest realm=\"x\",Realm=\"y\"")]
    public void Authentication_Malformed_IsRefused(string text) => SipAuthentication.TryParse(SipText.From(text), out _).ShouldBeFalse();
}
