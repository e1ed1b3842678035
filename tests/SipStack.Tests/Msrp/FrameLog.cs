using System.Text;
using PosteRestante.Protocols.Msrp;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>Cuts a stream into frames and keeps them.</summary>
/// <param name="isStrict">Whether a malformed frame is a fault: what we write never is one.</param>
internal sealed class FrameLog(bool isStrict = true)
{
    private readonly MsrpFrameReader _reader = new(new MsrpFrameOptions());
    private readonly List<byte> _body = [];

    public string? OpenTransaction => _reader.IsInsideFrame ? Text(_reader.Head.TransactionId) : null;

    public List<WireFrame> Frames { get; } = [];

    public void Add(ReadOnlySpan<byte> octets)
    {
        while (true)
        {
            MsrpFrameEvent found = _reader.Read(octets, out int consumed, out ReadOnlySpan<byte> body);
            octets = octets[consumed..];
            switch (found)
            {
                case MsrpFrameEvent.NeedMoreData:
                    return;
                case MsrpFrameEvent.Head:
                    _body.Clear();
                    break;
                case MsrpFrameEvent.Body:
                    _body.AddRange(body);
                    break;
                case MsrpFrameEvent.End:
                    Frames.Add(Take(_reader.Head));
                    break;
                default:
                    isStrict.ShouldBeFalse($"{_reader.Error} at {_reader.Offset}");
                    return;
            }
        }
    }

    private WireFrame Take(MsrpFrameHead head)
    {
        (isStrict && head.Error != MsrpParseError.None).ShouldBeFalse(head.Error.ToString());
        return new WireFrame(
            Text(head.TransactionId),
            Text(head.MethodText),
            head.StatusCode,
            Text(head.MessageId),
            head.ByteRange,
            Text(head.ContentType),
            Text(head.ToPath),
            Text(head.FromPath),
            [.. _body],
            _reader.Flag,
            head.SuccessReport);
    }

    private static string Text(ReadOnlySpan<byte> octets) => Encoding.Latin1.GetString(octets);
}
