using System.Net;
using System.Text;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Writing;

namespace PosteRestante.Protocols.Tests.Sip;

public sealed class SipResponseBuilderTests
{
    private readonly SipResponseBuilder _builder = new();

    [Fact]
    public void Start_FromRequest_CopiesWhatIdentifiesIt()
    {
        var request = SipTestMessages.Parse(SipTestMessages.Deposit);

        var octets = _builder.Start(request, 202, "b1"u8, IPEndPoint.Parse("198.51.100.9:5071"))
            .Header(SipHeaderName.Server, "IM-serv/OMA1.0 Test/1")
            .ToArray();

        Encoding.UTF8.GetString(octets).ShouldBe(
            "SIP/2.0 202 Accepted\r\n" +
            "Via: SIP/2.0/UDP 192.0.2.7:5070;branch=z9hG4bK776sgdkse;rport=5071;received=198.51.100.9\r\n" +
            "From: \"Alice Liddell\" <sip:alice@example.net>;tag=49583\r\n" +
            "To: <sip:bob@example.net>;tag=b1\r\n" +
            "Call-ID: asd88asd77a@192.0.2.7\r\n" +
            "CSeq: 1 MESSAGE\r\n" +
            "Server: IM-serv/OMA1.0 Test/1\r\n" +
            "Content-Length: 0\r\n\r\n");
    }

    [Theory]
    [InlineData("SIP/2.0/UDP 192.0.2.7;branch=z1", "192.0.2.7:5060", "SIP/2.0/UDP 192.0.2.7;branch=z1")]
    [InlineData("SIP/2.0/UDP h;branch=z1", "192.0.2.7:5060", "SIP/2.0/UDP h;branch=z1;received=192.0.2.7")]
    [InlineData("SIP/2.0/UDP h;received=6.6.6.6;branch=z1", "192.0.2.7:5060", "SIP/2.0/UDP h;branch=z1;received=192.0.2.7")]
    [InlineData("SIP/2.0/UDP 192.0.2.7 ;rport; branch=z1", "192.0.2.7:1", "SIP/2.0/UDP 192.0.2.7;rport=1;branch=z1;received=192.0.2.7")]
    [InlineData("SIP/2.0/UDP [2001:db8::1]:5060;branch=z1", "[2001:db8::1]:9", "SIP/2.0/UDP [2001:db8::1]:5060;branch=z1")]
    [InlineData("SIP/2.0/UDP h;branch=z1, SIP/2.0/TCP i;branch=z2", "[::ffff:192.0.2.7]:9", "SIP/2.0/UDP h;branch=z1;received=192.0.2.7, SIP/2.0/TCP i;branch=z2")]
    public void Start_WithSource_FillsReceivedAndRport(string via, string source, string expected)
    {
        var request = SipTestMessages.Parse(SipTestMessages.With("Via: " + via));

        var octets = _builder.Start(request, 200, "b1"u8, IPEndPoint.Parse(source)).ToArray();

        Encoding.UTF8.GetString(octets).ShouldContain("\r\nVia: " + expected + "\r\n");
    }

    [Fact]
    public void Start_DialogForming_CopiesAllViasAndRecordRoutesInOrder()
    {
        var request = SipTestMessages.Parse(
            "INVITE sip:b@h SIP/2.0\r\nVia: SIP/2.0/TCP p2;branch=z9hG4bK2\r\nv: SIP/2.0/TCP p1;branch=z9hG4bK1\r\nRecord-Route: <sip:p2;lr>\r\n" +
            "Record-Route: <sip:p1;lr>\r\nFrom: <sip:a@h>;tag=1\r\nTo: <sip:b@h>;tag=known\r\nCall-ID: 1\r\nCSeq: 7 INVITE\r\nContent-Length: 0\r\n\r\n");

        var response = SipTestMessages.Parse(Encoding.UTF8.GetString(
            _builder.Start(request, 200, "ignored"u8).Body("application/sdp", "v=0\r\n"u8.ToArray()).ToArray()));

        Values(response, SipHeaderName.Via).ShouldBe(["SIP/2.0/TCP p2;branch=z9hG4bK2", "SIP/2.0/TCP p1;branch=z9hG4bK1"]);
        Values(response, SipHeaderName.RecordRoute).ShouldBe(["<sip:p2;lr>", "<sip:p1;lr>"]);
        response.To.Tag.ToString().ShouldBe("known");
        response.Body.ToString().ShouldBe("v=0\r\n");
        Values(SipTestMessages.Parse(Encoding.UTF8.GetString(_builder.Start(request, 486, ""u8).ToArray())), SipHeaderName.RecordRoute).ShouldBeEmpty();
    }

    [Fact]
    public void Start_ForUnreadableRequest_AnswersWithWhatThereIs()
    {
        var request = SipTestMessages.TryParse(SipTestMessages.With("From: <<"), out var result);

        result.IsParsed.ShouldBeFalse();
        request.CanBeAnswered.ShouldBeTrue();
        Encoding.UTF8.GetString(_builder.Start(request, 400, "b1"u8).ToArray()).ShouldContain("\r\nFrom: <<\r\nTo: <sip:bob@example.net>;tag=b1\r\n");
    }

    [Fact]
    public void Header_WithLineBreak_IsRefused()
    {
        var request = SipTestMessages.Parse(SipTestMessages.Deposit);

        Should.Throw<ArgumentException>(() => _builder.Start(request, 200, "b1"u8).Header(SipHeaderName.Subject, "a\r\nVia: x"));
        Should.Throw<ArgumentException>(() => _builder.Start(request, 200, "b1\r\n"u8));
        Should.Throw<ArgumentException>(() => _builder.Header("Bad Name", "x"));
    }

    [Fact]
    public void ToArray_OfAnAcceptance_AllocatesOnlyTheArray()
    {
        var request = SipTestMessages.Parse(SipTestMessages.Deposit);
        var source = IPEndPoint.Parse("198.51.100.9:5071");
        var length = _builder.Start(request, 202, "b1"u8, source).ToArray().Length;

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            _ = _builder.Start(request, 202, "b1"u8, source).ToArray();
        }

        var perResponse = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
        perResponse.ShouldBeLessThanOrEqualTo(length + 32); // the array and its header
    }

    private static List<string> Values(SipMessage message, SipHeaderName name)
    {
        var values = new List<string>();
        foreach (var value in message.GetValues(name))
        {
            values.Add(value.ToString());
        }

        return values;
    }
}
