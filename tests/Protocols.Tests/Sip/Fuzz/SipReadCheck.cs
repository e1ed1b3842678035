using System.Buffers;
using System.Globalization;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Headers;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.Protocols.Sip.Writing;

namespace PosteRestante.Protocols.Tests.Sip.Fuzz;

/// <summary>Reads octets in every way there is, and checks what must hold whatever they are.</summary>
internal sealed class SipReadCheck
{
    private static readonly SipHeaderName[] Names = Enum.GetValues<SipHeaderName>();

    private readonly SipMessage _message = new();
    private readonly SipResponseBuilder _responses = new();

    /// <summary>The messages that were read without an error so far.</summary>
    public int Accepted { get; private set; }

    public void Run(byte[] octets)
    {
        var result = SipTestMessages.Parser.Parse(_message, octets);
        result.Offset.ShouldBeInRange(0, octets.Length);
        if (result.IsParsed)
        {
            Accepted++;
            CheckAccepted();
        }

        ReadEverything(_message);
        if (_message.CanBeAnswered)
        {
            CheckAnswer(result);
        }

        CheckStream(octets);
    }

    private static void ReadEverything(SipMessage message)
    {
        var end = 0;
        foreach (var header in message.Headers)
        {
            (header.Line.Length >= header.NameText.Length + 1 + header.Value.Length).ShouldBeTrue();
            header.ToText().Contains('\n', StringComparison.Ordinal).ShouldBeFalse();
            end += header.Line.Length;
        }

        end.ShouldBeLessThanOrEqualTo(message.Octets.Length);
        foreach (var name in Names)
        {
            ReadField(message, name);
        }

        _ = message.GetExpires(out _);
        _ = message.GetDate(out _);
        _ = message.GetContentType(out _);
        _ = message.Accepts("text/plain");
        _ = message.RequestUri.GetHashCode();
        _ = message.From.DisplayName;
        _ = message.TopVia.Rport;
    }

    private static void ReadField(SipMessage message, SipHeaderName name)
    {
        _ = message.GetAddress(name, out var address, SipUriScheme.Tel);
        _ = address.Uri == message.RequestUri;
        _ = message.GetToken(name, out _);
        _ = message.GetDelta(name, out _);
        _ = message.HasToken(name, "timer"u8);
        _ = message.GetText(name);
        foreach (var value in message.GetValues(name))
        {
            _ = SipMediaType.TryParse(value, out _);
            _ = SipWarning.Parse(value);
            _ = SipAuthentication.TryParse(value, out var authentication) ? authentication.GetText("nonce"u8) : null;
            if (SipNameAddress.TryParse(value, out var one))
            {
                SipUri.TryParse(one.Uri.Text, out var again).ShouldBeTrue();
                again.ShouldBe(one.Uri);
                foreach (var parameter in one.Parameters)
                {
                    _ = parameter.ToText();
                }
            }
        }
    }

    // What is accepted is a fixed point: read again it is the same, and so is its detached copy.
    private void CheckAccepted()
    {
        var again = new SipMessage();
        var copy = _message.Octets.Span.ToArray();
        SipTestMessages.Parser.Parse(again, copy).IsParsed.ShouldBeTrue();
        again.Octets.ShouldBe(_message.Octets);
        again.Headers.Count.ShouldBe(_message.Headers.Count);
        again.CallId.ShouldBe(_message.CallId);
        again.CSeq.ShouldBe(_message.CSeq);
        again.RequestUri.ShouldBe(_message.RequestUri);
    }

    private void CheckAnswer(SipParseResult result)
    {
        var status = result.IsParsed ? 200 : result.Error.ToStatusCode();
        var answer = new SipMessage();
        var octets = _responses.Start(_message, status, "t"u8, new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 5060)).ToArray();
        var read = SipTestMessages.Parser.Parse(answer, octets);

        answer.StatusCode.ShouldBe(status);
        answer.ContentLength.ShouldBe(0);
        if (result.IsParsed)
        {
            read.Error.ShouldBe(SipParseError.None, answer.ToString());
        }
    }

    // However a stream is cut into pieces, the same frames come out of it.
    private static void CheckStream(byte[] octets)
    {
        var whole = Frames(octets, octets.Length);
        var inPieces = Frames(octets, 1 + (octets.Length / 7));
        inPieces.ShouldBe(whole);
    }

    private static string Frames(byte[] octets, int piece)
    {
        var framer = new SipFramer(new SipParserOptions());
        var frames = new System.Text.StringBuilder();
        var consumed = 0;
        for (var available = 0; available < octets.Length;)
        {
            available = Math.Min(available + piece, octets.Length);
            while (true)
            {
                var input = new ReadOnlySequence<byte>(octets, consumed, available - consumed);
                var frame = framer.Read(input);
                consumed += (int)input.Slice(0, frame.Consumed).Length;
                if (frame.Status == SipFrameStatus.NeedMoreData)
                {
                    break;
                }

                frames.Append(CultureInfo.InvariantCulture, $"{frame.Status} {frame.Error} {frame.Octets.Length} ");
                if (frame.Status == SipFrameStatus.Malformed)
                {
                    return frames.ToString();
                }
            }
        }

        return frames.ToString();
    }
}
