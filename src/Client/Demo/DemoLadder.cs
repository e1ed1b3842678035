using System.Net;
using System.Text;
using PosteRestante.Client.Sessions;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.Client.Demo;

/// <summary>
/// Draws the ladder of a story: one line for each frame that a socket of alice or bob sent or received, in the order in
/// which they passed.
/// </summary>
internal sealed class DemoLadder(TextWriter output, bool showsWire)
{
    private const int Width = 62;
    private const int MaxWireOctets = 4096;

    private readonly Lock _gate = new();
    private readonly List<SentFrame> _sent = [];
    private bool _isFirst;

    /// <summary>Begins a step: the names of the parties stand above its lines.</summary>
    public void Begin() => _isFirst = true;

    /// <summary>Watches the sockets of a client.</summary>
    public ClientWire Watch(string user) => new(new SipWatch(this, user), new MsrpWatch(this, user));

    /// <summary>The last MESSAGE that left a socket and is the one looked for.</summary>
    public SentFrame? FindSent(Predicate<SentFrame> match)
    {
        lock (_gate)
        {
            return _sent.FindLast(match);
        }
    }

    /// <summary>Draws a frame. The loops of both clients call it.</summary>
    public void Draw(string user, bool isSent, string text, ReadOnlySpan<byte> octets)
    {
        lock (_gate)
        {
            if (_isFirst)
            {
                _isFirst = false;
                output.WriteLine($"     {user,-8}{new string(' ', Width - 2)}poste restante");
            }

            var line = new string('─', Math.Max(2, Width - text.Length));
            output.WriteLine(isSent ? $"        │── {text} {line}▶│" : $"        │◀{line} {text} ──│");
            if (showsWire)
            {
                Show(octets);
                output.WriteLine("        │");
            }
        }
    }

    private void Remember(ReadOnlySpan<byte> octets)
    {
        var frame = new SentFrame(octets);
        if (frame.IsMessage)
        {
            lock (_gate)
            {
                _sent.Add(frame);
            }
        }
    }

    private void Show(ReadOnlySpan<byte> octets)
    {
        foreach (var line in Encoding.UTF8.GetString(octets[..Math.Min(octets.Length, MaxWireOctets)]).TrimEnd().Split('\n'))
        {
            var visible = string.Concat(line.TrimEnd('\r').Select(c => char.IsControl(c) ? '·' : c));
            output.WriteLine($"        │     {visible}".TrimEnd());
        }
    }

    private sealed class SipWatch(DemoLadder ladder, string user) : IWireObserver
    {
        private readonly SipMessage _message = new();

        public void OnFrame(
            WireDirection direction, SipTransportKind transport, IPEndPoint local, IPEndPoint remote, ReadOnlySpan<byte> octets)
        {
            var isSent = direction == WireDirection.Sent;
            var text = SipMessageParser.Unlimited.Parse(_message, octets.ToArray()).IsParsed ? Describe(_message) : "malformed SIP";
            ladder.Draw(user, isSent, $"{text} ({transport.ToViaText()}, {octets.Length})", octets);
            if (isSent)
            {
                ladder.Remember(octets);
            }
        }

        private static string Describe(SipMessage message)
        {
            if (message.IsRequest)
            {
                return $"{message.Method} {message.RequestUri}";
            }

            var warning = message.GetText(SipHeaderName.Warning) is { } text ? $" {text[text.IndexOf('"', StringComparison.Ordinal)..]}" : string.Empty;
            return $"{message.StatusCode} {message.ReasonPhrase}{warning}";
        }
    }
}
