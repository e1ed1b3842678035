using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Headers;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.Protocols.Sip.Writing;

namespace PosteRestante.Protocols.Tests.Sip;

/// <summary><c>parse(write(m)) == m</c>, for messages of any shape that the builders let through.</summary>
public sealed class SipRoundTripTests
{
    private const string Token = "abcxyzABC0189-.!%*_+`'~";

    // Text with all that quoted strings and folding could trip over, and octets beyond ASCII.
    private static readonly Gen<string> Text =
        from characters in Gen.ArrayOf(Gen.Elements("ab \t\"\\,;<>@:=?%()'äЖ☎".ToCharArray()))
        select new string(characters).Trim();

    private static readonly Gen<string> Tokens =
        from characters in Gen.NonEmptyListOf(Gen.Elements(Token.ToCharArray()))
        select string.Concat(characters);

    private static readonly Gen<string> Hosts = Gen.Elements("example.net", "192.0.2.1", "::1", "2001:db8::42", "x-1.y_z");

    private static readonly Gen<SipUri> Uris =
        from scheme in Gen.Elements(SipUriScheme.Sip, SipUriScheme.Sips)
        from user in Text
        from host in Hosts
        from port in Gen.Choose(-1, 65535)
        select SipUri.Create(scheme, user, host, port);

    private static readonly Gen<(string Name, string Value)> OtherFields =
        from name in Tokens
        from value in Text
        select ("X-" + name, value);

    private static readonly Gen<RequestModel> Requests =
        from method in Gen.OneOf(Gen.Elements("MESSAGE", "INVITE", "BYE", "REGISTER"), Tokens)
        from uri in Uris
        from fromName in Text
        from fromUri in Uris
        from toUri in Uris
        from tag in Tokens
        from callId in Tokens
        from cseq in Gen.Choose(0, int.MaxValue)
        from fields in Gen.ListOf(OtherFields)
        from body in Gen.ArrayOf(Gen.Choose(0, 255))
        select new RequestModel(
            method, uri, fromName, fromUri, toUri, tag, callId, (uint)cseq, [.. fields], [.. body.Select(octet => (byte)octet)]);

    [Fact]
    public void Request_WrittenAndRead_IsTheSame() =>
        Prop.ForAll(Requests.ToArbitrary(), request => Holds(request, Read(Write(request)))).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Request_ThroughAStreamInPieces_IsTheSame() =>
        Prop.ForAll(
            Requests.ToArbitrary(),
            Gen.Choose(1, 40).ToArbitrary(),
            (request, piece) =>
            {
                var octets = Write(request);
                var framer = new SipFramer(new SipParserOptions());
                for (var length = 0; length < octets.Length; length += piece)
                {
                    framer.Read(new ReadOnlySequence<byte>(octets, 0, length)).Status.ShouldBe(SipFrameStatus.NeedMoreData);
                }

                var frame = framer.Read(new ReadOnlySequence<byte>(octets));
                return frame.Status == SipFrameStatus.Message && frame.Octets.ToArray().AsSpan().SequenceEqual(octets);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Response_ToAnyRequest_IsReadAsItsAnswer() =>
        Prop.ForAll(
            Requests.ToArbitrary(),
            Gen.Choose(101, 699).ToArbitrary(),
            (request, status) =>
            {
                var asked = Read(Write(request));
                var answer = Read(new SipResponseBuilder().Start(asked, status, "our-tag"u8).ToArray());

                answer.StatusCode.ShouldBe(status);
                answer.TopVia.Text.ShouldBe(asked.TopVia.Text);
                answer.From.Text.ShouldBe(asked.From.Text);
                answer.To.Uri.ShouldBe(asked.To.Uri);
                answer.To.Tag.ToString().ShouldBe("our-tag");
                answer.CallId.ShouldBe(asked.CallId);
                answer.CSeq.ShouldBe(asked.CSeq);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Uri_WrittenAndRead_IsTheSame() =>
        Prop.ForAll(Uris.ToArbitrary(), uri => SipUri.Parse(uri.ToString()) == uri && uri.GetHashCode() == SipUri.Parse(uri.ToString()).GetHashCode())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void QuotedString_EncodedAndDecoded_IsTheSame() =>
        Prop.ForAll(Text.ToArbitrary(), text => SipQuotedString.Decode(SipText.From(SipQuotedString.Encode(text))) == text)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static byte[] Write(RequestModel request)
    {
        var builder = new SipRequestBuilder().Start(SipMethod.Parse(request.Method), request.Uri)
            .From($"{SipQuotedString.Encode(request.FromName)} <{request.FromUri}>", request.Tag)
            .To($"<{request.ToUri}>")
            .CallId(request.CallId)
            .CSeq(request.CSeq);
        foreach (var (name, value) in request.Fields)
        {
            builder.Header(name, value);
        }

        return builder.Body("application/x-test", request.Body).Via("TCP", "192.0.2.1", 5060, "z9hG4bK1"u8).ToArray();
    }

    private static SipMessage Read(byte[] octets)
    {
        var message = new SipMessage();
        SipTestMessages.Parser.Parse(message, octets).ShouldBe(new SipParseResult(SipParseError.None, 0), Encoding.UTF8.GetString(octets));
        message.ToImmutableOctets().ShouldBe(octets);
        return message;
    }

    private static bool Holds(RequestModel request, SipMessage message)
    {
        message.Method.Name.ShouldBe(request.Method);
        message.RequestUri.ShouldBe(request.Uri);
        message.From.DisplayName.ShouldBe(request.FromName);
        message.From.Uri.ShouldBe(request.FromUri);
        message.From.Tag.ToString().ShouldBe(request.Tag);
        message.To.Uri.ShouldBe(request.ToUri);
        message.To.Tag.IsEmpty.ShouldBeTrue();
        message.CallId.ToString().ShouldBe(request.CallId);
        message.CSeq.ShouldBe(new SipCSeq(request.CSeq, SipMethod.Parse(request.Method)));
        message.ContentLength.ShouldBe(request.Body.Length);
        message.Body.Span.SequenceEqual(request.Body).ShouldBeTrue();
        var fields = new List<(string, string)>();
        foreach (var header in message.Headers)
        {
            if (header.NameText.ToString().StartsWith("X-", StringComparison.Ordinal))
            {
                fields.Add((header.NameText.ToString(), header.ToText()));
            }
        }

        fields.ShouldBe(request.Fields);
        return true;
    }

    private sealed record RequestModel(
        string Method,
        SipUri Uri,
        string FromName,
        SipUri FromUri,
        SipUri ToUri,
        string Tag,
        string CallId,
        uint CSeq,
        IReadOnlyList<(string Name, string Value)> Fields,
        byte[] Body);
}
