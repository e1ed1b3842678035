using PosteRestante.Protocols.Msrp;

namespace PosteRestante.SipStack.Msrp;

/// <summary>Makes frames of what a connection reads and hands each to its session.</summary>
internal sealed class MsrpInbound(MsrpConnection connection, MsrpEndpoint endpoint)
{
    private readonly MsrpFrameReader _reader = new(endpoint.Options.Frames);
    private MsrpSession? _session;
    private int _refusal;

    /// <summary>Whether the peer owes the rest of a frame.</summary>
    public bool IsInsideFrame => _reader.IsInsideFrame;

    /// <summary>Takes octets until they are used up or, at the end of a frame, reading is held.</summary>
    /// <param name="octets">What was read.</param>
    /// <param name="consumed">How many are used up.</param>
    /// <returns>False when they are no MSRP, and nothing after them can be read.</returns>
    public bool Consume(ReadOnlySpan<byte> octets, out int consumed)
    {
        consumed = 0;
        while (!connection.IsOver)
        {
            MsrpFrameEvent found = _reader.Read(octets[consumed..], out int used, out ReadOnlySpan<byte> body);
            consumed += used;
            switch (found)
            {
                case MsrpFrameEvent.Head:
                    OnHead(_reader.Head);
                    break;
                case MsrpFrameEvent.Body:
                    OnBody(body);
                    break;
                case MsrpFrameEvent.End:
                    OnEnd(_reader.Head);
                    if (connection.IsReadingHeld)
                    {
                        return true;
                    }

                    break;
                case MsrpFrameEvent.Malformed:
                    endpoint.Instruments.FrameMalformed(_reader.Error);
                    return false;
                default:
                    return true;
            }
        }

        return true;
    }

    private void OnHead(MsrpFrameHead head)
    {
        _session = null;
        _refusal = MsrpStatusCode.Ok;
        if (!head.IsRequest)
        {
            return;
        }

        if (head.Error != MsrpParseError.None)
        {
            endpoint.Instruments.FrameMalformed(head.Error);
            _refusal = head.Error.StatusCode();
            return;
        }

        _session = endpoint.Route(connection, head.ToPath, out _refusal);
        if (_session is not null && head.Method == MsrpMethod.Send)
        {
            _session.Receiver.Begin(head);
        }
    }

    private void OnBody(ReadOnlySpan<byte> body)
    {
        if (_session is { Ended: null } && _reader.Head.Method == MsrpMethod.Send)
        {
            _session.Receiver.Write(_reader.Head, body);
        }
    }

    private void OnEnd(MsrpFrameHead head)
    {
        switch (head.Method)
        {
            case MsrpMethod.None:
                OnResponse(head);
                break;
            case MsrpMethod.Report:
                OnReport(head);
                break;
            case MsrpMethod.Send:
                OnSend(head);
                break;
            default:
                // RFC 4975 10.11, RFC 7701 5: AUTH is for relays, nicknames for conferences.
                Refuse(head, _refusal == MsrpStatusCode.Ok ? MsrpStatusCode.UnknownMethod : _refusal);
                break;
        }
    }

    private void OnSend(MsrpFrameHead head)
    {
        if (_session is not { } session)
        {
            Refuse(head, _refusal);
        }
        else if (session.Ended is null)
        {
            session.Receiver.End(head, _reader.Flag);
            session.OnPeerAlive();
        }
    }

    private void OnReport(MsrpFrameHead head)
    {
        // RFC 4975 7.1.2: a REPORT is never answered.
        if (_session is { Ended: null } session)
        {
            session.Sender.OnReport(head.MessageId, head.ByteRange, head.Status!.Value);
        }
        else
        {
            endpoint.Instruments.FrameStray();
        }
    }

    private void OnResponse(MsrpFrameHead head)
    {
        MsrpSession? session = connection.Find(head.ToPath);
        if (session is { Ended: null })
        {
            session.Sender.OnResponse(head.TransactionId, head.StatusCode);
        }
        else
        {
            endpoint.Instruments.FrameStray();
        }
    }

    private void Refuse(MsrpFrameHead head, int status) => connection.Replies.WriteAnswer(
        head.TransactionId, head.FromPath, MsrpPath.Leftmost(head.ToPath), head.FailureReport, status);
}
