using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Headers;

namespace PosteRestante.Protocols.Tests.Sip.Headers;

public sealed class SipNameAddressTests
{
    [Theory]
    [InlineData("<sip:bob@h>", "", "sip:bob@h", "")]
    [InlineData("sip:bob@h;tag=1", "", "sip:bob@h", "1")]
    [InlineData("sip:bob@h", "", "sip:bob@h", "")]
    [InlineData("Bob <sip:bob@h;lr>;tag=1", "Bob", "sip:bob@h;lr", "1")]
    [InlineData("Bob The  Builder<sip:bob@h>", "Bob The  Builder", "sip:bob@h", "")]
    [InlineData("\"Bob, \\\"B\\\" \\\\ <x>\" <sip:bob@h> ; x ; TAG = 2", "Bob, \"B\" \\ <x>", "sip:bob@h", "2")]
    [InlineData("\"\" <sip:bob@h>", "", "sip:bob@h", "")]
    [InlineData("\r\n <sip:bob@h>\r\n ;tag=3", "", "sip:bob@h", "3")]
    [InlineData("Zoë <sip:z@h>", "Zoë", "sip:z@h", "")]
    [InlineData("<sip:a@h?x=y>;q=0.5;+sip.instance=\"<urn:uuid:1>\"", "", "sip:a@h?x=y", "")]
    [InlineData("<tel:+15551234>", "", "tel:+15551234", "")]
    public void TryParse_WellFormed_TellsItsParts(string text, string displayName, string uri, string tag)
    {
        SipNameAddress.TryParse(SipText.From(text), out var address).ShouldBeTrue();

        address.DisplayName.ShouldBe(displayName);
        address.Uri.ToString().ShouldBe(uri);
        address.Tag.ToString().ShouldBe(tag);
    }

    [Fact]
    public void Parameters_InOrder_KeepQuotes()
    {
        SipNameAddress.TryParse(SipText.From("<sip:a@h>;automata;+g.oma.sip-im;+sip.instance=\"<urn:uuid:1>\""), out var contact).ShouldBeTrue();

        var names = new List<string>();
        foreach (var parameter in contact.Parameters)
        {
            names.Add($"{parameter.Name}={parameter.ToText()}");
        }

        names.ShouldBe(["automata=", "+g.oma.sip-im=", "+sip.instance=<urn:uuid:1>"]);
        contact.Parameters.Contains("+G.OMA.SIP-IM"u8).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bob")]
    [InlineData("<>")]
    [InlineData("<sip:bob@h")]
    [InlineData("sip:bob@h>")]
    [InlineData("< sip:bob@h>")]
    [InlineData("<sip:bob@h >")]
    [InlineData("\"Bob <sip:bob@h>")]
    [InlineData("\"Bob\\\" <sip:bob@h>")]
    [InlineData("Bob, Al <sip:bob@h>")]
    [InlineData("a@b <sip:bob@h>")]
    [InlineData("<sip:bob@h>;")]
    [InlineData("<sip:bob@h>;;tag=1")]
    [InlineData("<sip:bob@h>;tag=")]
    [InlineData("<sip:bob@h>;t@g=1")]
    [InlineData("<sip:bob@h>;tag=\"1")]
    [InlineData("<sip:bob@h> tag=1")]
    [InlineData("<sip:bob@h>, <sip:al@h>")]
    [InlineData("sip:bob@h?x=y")]
    public void TryParse_Malformed_IsRefused(string text) => SipNameAddress.TryParse(SipText.From(text), out _).ShouldBeFalse();

    [Theory]
    [InlineData("<sip:a@h>, \"x, <y>\" <sip:b@h>;p=\",\"", "<sip:c@h>", 3)]
    [InlineData("<sip:a@h,b>", "\"unclosed, ", 2)]
    [InlineData("sip:a@h", ",", 3)]
    public void GetValues_OverAllLines_CutsAtCommasThatSeparate(string first, string second, int count)
    {
        var message = SipTestMessages.TryParse(SipTestMessages.With($"P-Asserted-Identity: {first}\r\np-asserted-identity: {second}"), out _);

        var values = new List<string>();
        foreach (var value in message.GetValues(SipHeaderName.PAssertedIdentity))
        {
            values.Add(value.ToString());
        }

        values.Count.ShouldBe(count, string.Join('|', values));
    }

    [Theory]
    [InlineData("<sip:a@h>, <tel:+1>", SipUriScheme.Tel, SipFieldState.Valid, "tel:+1")]
    [InlineData("<sip:a@h>\r\nP-Asserted-Identity: <tel:+1>", SipUriScheme.Tel, SipFieldState.Valid, "tel:+1")]
    [InlineData("<sip:a@h>", SipUriScheme.Tel, SipFieldState.Absent, "")]
    [InlineData("<sip:a@h>, bad", SipUriScheme.Tel, SipFieldState.Malformed, "")]
    [InlineData("\"A\" <sip:a@h>", SipUriScheme.None, SipFieldState.Valid, "sip:a@h")]
    public void GetAddress_ByScheme_FindsTheFirst(string line, SipUriScheme scheme, SipFieldState state, string uri)
    {
        var message = SipTestMessages.Parse(SipTestMessages.With("P-Asserted-Identity: " + line));

        message.GetAddress(SipHeaderName.PAssertedIdentity, out var address, scheme).ShouldBe(state);
        address.Uri.ToString().ShouldBe(uri);
    }
}
