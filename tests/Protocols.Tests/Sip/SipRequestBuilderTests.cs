using System.Buffers;
using System.Text;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Writing;

namespace PosteRestante.Protocols.Tests.Sip;

public sealed class SipRequestBuilderTests
{
    private readonly SipRequestBuilder _builder = new();

    [Fact]
    public void ToArray_Request_HasViaFirstAndLengthComputed()
    {
        _builder.Start(SipMethod.Message, SipUri.Parse("sip:bob@example.net"))
            .MaxForwards()
            .From("\"Alice\" <sip:alice@example.net>", "a1")
            .To("<sip:bob@example.net>")
            .CallId("1@h")
            .CSeq(7)
            .Header("X-Own", "ü")
            .Body("text/plain", "Grüße"u8.ToArray());

        Encoding.UTF8.GetString(_builder.Via("TCP", "192.0.2.1", 5060, "z9hG4bK1"u8).ToArray()).ShouldBe(
            "MESSAGE sip:bob@example.net SIP/2.0\r\n" +
            "Via: SIP/2.0/TCP 192.0.2.1:5060;branch=z9hG4bK1;rport\r\n" +
            "Max-Forwards: 70\r\n" +
            "From: \"Alice\" <sip:alice@example.net>;tag=a1\r\n" +
            "To: <sip:bob@example.net>\r\n" +
            "Call-ID: 1@h\r\n" +
            "CSeq: 7 MESSAGE\r\n" +
            "X-Own: ü\r\n" +
            "Content-Type: text/plain\r\n" +
            "Content-Length: 7\r\n\r\nGrüße");
    }

    [Fact]
    public void Via_SetAgain_ReplacesTheFirst()
    {
        _builder.Start(SipMethod.Options, SipUri.Parse("sip:h")).Via("UDP", "a", -1, "z9hG4bK1"u8).Via("TCP", "b", 5070, "z9hG4bK2"u8, rport: false);

        Encoding.UTF8.GetString(_builder.ToArray()).ShouldBe("OPTIONS sip:h SIP/2.0\r\nVia: SIP/2.0/TCP b:5070;branch=z9hG4bK2\r\nContent-Length: 0\r\n\r\n");
    }

    [Fact]
    public void WriteTo_BufferWriter_WritesTheSame()
    {
        var output = new ArrayBufferWriter<byte>();
        _builder.Start(SipMethod.Options, SipUri.Parse("sip:h")).Body("a/b", new byte[1234]);

        _builder.WriteTo(output);

        output.WrittenSpan.ToArray().ShouldBe(_builder.ToArray());
    }

    [Fact]
    public void StartAck_ForARefusal_TakesToFromTheResponse()
    {
        var invite = Invite();
        var response = SipTestMessages.Parse(Encoding.UTF8.GetString(new SipResponseBuilder().Start(invite, 486, "b9"u8).ToArray()));

        var ack = SipTestMessages.Parse(Encoding.UTF8.GetString(_builder.StartAck(invite, response).ToArray()));

        ack.Method.ShouldBe(SipMethod.Ack);
        ack.RequestUri.ShouldBe(invite.RequestUri);
        ack.To.Tag.ToString().ShouldBe("b9");
        ack.From.Tag.ShouldBe(invite.From.Tag);
        ack.CallId.ShouldBe(invite.CallId);
        ack.CSeq.Number.ShouldBe(invite.CSeq.Number);
        ack.TopVia.Text.ShouldBe(invite.TopVia.Text);
        ack.GetValues(SipHeaderName.Via).GetEnumerator().MoveNext().ShouldBeTrue();
        ack.IsRepeated(SipHeaderName.Via).ShouldBeFalse();
        ack.GetText(SipHeaderName.Route).ShouldBe("<sip:p1;lr>, <sip:p2;lr>");
    }

    [Fact]
    public void StartCancel_OfAnInvite_MatchesIt()
    {
        var invite = Invite();

        var cancel = SipTestMessages.Parse(Encoding.UTF8.GetString(_builder.StartCancel(invite).ToArray()));

        cancel.Method.ShouldBe(SipMethod.Cancel);
        cancel.CSeq.Number.ShouldBe(invite.CSeq.Number);
        cancel.TopVia.Branch.ShouldBe(invite.TopVia.Branch);
        cancel.To.Text.ShouldBe(invite.To.Text);
    }

    [Theory]
    [InlineData("a\rb")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public void Values_ThatWouldBreakTheLine_AreRefused(string value)
    {
        _builder.Start(SipMethod.Options, SipUri.Parse("sip:h"));

        Should.Throw<ArgumentException>(() => _builder.Header(SipHeaderName.Subject, value));
        Should.Throw<ArgumentException>(() => _builder.Header("X", value));
        Should.Throw<ArgumentException>(() => _builder.CallId(value));
        Should.Throw<ArgumentException>(() => _builder.From(value, "1"));
        Should.Throw<ArgumentException>(() => _builder.To("<sip:h>", value));
        Should.Throw<ArgumentException>(() => _builder.Body(value, default));
        Should.Throw<ArgumentException>(() => _builder.Via("UDP", value, 1, "z"u8));
        Should.Throw<ArgumentException>(() => _builder.Via(value, "h", 1, "z"u8));
        Should.Throw<ArgumentException>(() => _builder.Via("UDP", "h", 1, Encoding.UTF8.GetBytes(value)));
    }

    [Fact]
    public void Start_WithoutMethodOrUri_IsRefused()
    {
        Should.Throw<ArgumentException>(() => _builder.Start(default, SipUri.Parse("sip:h")));
        Should.Throw<ArgumentException>(() => _builder.Start(SipMethod.Options, default));
    }

    private static SipMessage Invite() => SipTestMessages.Parse(
        "INVITE sip:b@h SIP/2.0\r\nVia: SIP/2.0/TCP a;branch=z9hG4bK1, SIP/2.0/TCP z;branch=z9hG4bK0\r\nFrom: <sip:a@h>;tag=1\r\nTo: <sip:b@h>\r\n" +
        "Route: <sip:p1;lr>, <sip:p2;lr>\r\nCall-ID: 1\r\nCSeq: 7 INVITE\r\nContact: <sip:a@h>\r\nContent-Length: 0\r\n\r\n");
}
