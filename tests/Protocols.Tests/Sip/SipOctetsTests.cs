using PosteRestante.Protocols.Sip;

namespace PosteRestante.Protocols.Tests.Sip;

public sealed class SipOctetsTests
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Unreserved = Alphanumeric + "-_.!~*'()";

    [Theory]
    [InlineData(SipOctets.Token, Alphanumeric + "-.!%*_+`'~")]
    [InlineData(SipOctets.Host, Alphanumeric + "-._")]
    [InlineData(SipOctets.User, Unreserved + "&=+$,;?/")]
    [InlineData(SipOctets.Password, Unreserved + "&=+$,")]
    [InlineData(SipOctets.UriParameter, Unreserved + "[]/:&+$")]
    [InlineData(SipOctets.UriHeader, Unreserved + "[]/?:+$")]
    [InlineData(SipOctets.Scheme, Alphanumeric + "+-.")]
    public void Class_HasTheOctetsOfTheGrammar(byte octetClass, string members)
    {
        for (var octet = 0; octet < 256; octet++)
        {
            SipOctets.Is((byte)octet, octetClass).ShouldBe(members.Contains((char)octet, StringComparison.Ordinal), $"octet 0x{octet:X2}");
        }
    }

    // Long texts are looked at sixteen octets at a time, short ones octet by octet; both must stop at the same place.
    [Theory]
    [InlineData(SipOctets.Token)]
    [InlineData(SipOctets.Host)]
    [InlineData(SipOctets.User)]
    [InlineData(SipOctets.Password)]
    [InlineData(SipOctets.UriParameter)]
    [InlineData(SipOctets.UriHeader)]
    [InlineData(SipOctets.Scheme)]
    [InlineData(SipOctets.ParameterName)]
    [InlineData(SipOctets.User | SipOctets.UriParameter)]
    public void Skip_FromAnyPlaceOfAnyText_StopsAtTheFirstOctetThatIsNotOfTheClass(byte octetClass)
    {
        var random = new Random(octetClass);
        var members = Enumerable.Range(0, 256).Select(octet => (byte)octet).Where(octet => SipOctets.Is(octet, octetClass)).ToArray();
        for (var round = 0; round < 20_000; round++)
        {
            var text = new byte[random.Next(70)];
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = random.Next(20) == 0 ? (byte)random.Next(256) : members[random.Next(members.Length)];
            }

            var position = random.Next(text.Length + 1);
            var expected = position;
            while (expected < text.Length && SipOctets.Is(text[expected], octetClass))
            {
                expected++;
            }

            SipOctets.Skip(text, position, octetClass).ShouldBe(expected, Convert.ToHexString(text));
        }
    }
}
