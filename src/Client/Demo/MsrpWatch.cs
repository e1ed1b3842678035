using System.Net;
using System.Text;
using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.Client.Demo;

/// <summary>Makes frames of the MSRP octets that pass over a client's connection, and draws each.</summary>
internal sealed class MsrpWatch(DemoLadder ladder, string user) : IMsrpWireObserver
{
    private readonly Stream _sent = new();
    private readonly Stream _received = new();

    /// <inheritdoc/>
    public void OnOctets(bool isSent, EndPoint? local, EndPoint? remote, ReadOnlySpan<byte> octets)
    {
        var stream = isSent ? _sent : _received;
        while (stream.TryRead(ref octets, out var text, out var frame))
        {
            ladder.Draw(user, isSent, text, frame);
        }
    }

    // One direction of the connection. The frame's octets are kept only until its end, to be shown with --wire.
    private sealed class Stream
    {
        private readonly MsrpFrameReader _reader = new(new MsrpFrameOptions());
        private readonly List<byte> _frame = [];
        private int _bodyOctets;

        public bool TryRead(ref ReadOnlySpan<byte> octets, out string text, out byte[] frame)
        {
            text = string.Empty;
            frame = [];
            while (true)
            {
                var found = _reader.Read(octets, out var consumed, out var body);
                _frame.AddRange(octets[..consumed]);
                octets = octets[consumed..];
                switch (found)
                {
                    case MsrpFrameEvent.Head:
                        _bodyOctets = 0;
                        break;
                    case MsrpFrameEvent.Body:
                        _bodyOctets += body.Length;
                        break;
                    case MsrpFrameEvent.End:
                        text = Describe();
                        frame = [.. _frame];
                        _frame.Clear();
                        return true;
                    default:
                        return false;
                }
            }
        }

        private string Describe()
        {
            var head = _reader.Head;
            if (!head.IsRequest)
            {
                return $"MSRP {head.StatusCode} {Text(head.Comment)}".TrimEnd();
            }

            var name = $"MSRP {Text(head.MethodText)} {Text(head.MessageId)}";
            return head.Method == MsrpMethod.Report
                ? $"{name} {head.Status?.Code}"
                : _bodyOctets == 0 ? name : $"{name} ({_bodyOctets})";
        }

        private static string Text(ReadOnlySpan<byte> octets) => Encoding.UTF8.GetString(octets);
    }
}
