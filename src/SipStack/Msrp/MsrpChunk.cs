using System.Text;
using PosteRestante.Protocols.Msrp;

namespace PosteRestante.SipStack.Msrp;

/// <summary>The chunk of a session that is being written: from its head to its end-line.</summary>
internal sealed class MsrpChunk(MsrpSession session)
{
    /// <summary>RFC 4975 7.1.1: a longer chunk is interruptible, and says so by an open range-end.</summary>
    public const int MaxUninterruptible = 2048;

    private MsrpOutput? _output;

    /// <summary>Whether a head is written and its end-line is not.</summary>
    public bool IsOpen => _output is not null;

    /// <summary>The transaction of the chunk that was opened last.</summary>
    public ulong Transaction { get; private set; }

    /// <summary>Writes the head of a chunk that holds the piece, under an id whose end-line the piece does not hold.</summary>
    public void Open(MsrpOutput output, MsrpSender sender, MsrpOutgoingMessage message, ReadOnlyMemory<byte> piece)
    {
        Span<byte> transaction = stackalloc byte[MsrpIdentifiers.TransactionIdLength];
        do
        {
            Transaction = session.Endpoint.Identifiers.NextTransaction();
            MsrpIdentifiers.Format(Transaction, transaction);
        }
        while (MsrpFrameWriter.EndLineOccursIn(piece.Span, transaction));

        Span<byte> text = stackalloc byte[32 + MsrpOutgoingMessage.MaxContentTypeLength];
        int idLength = Encoding.ASCII.GetBytes(message.MessageId, text);
        int typeLength = Encoding.ASCII.GetBytes(message.ContentType, text[idLength..]);
        long end = message.Written + piece.Length;
        bool isFixed = piece.Length <= MaxUninterruptible;
        MsrpFrameWriter.WriteSendHead(output.BeginFrame(), new MsrpSendHead
        {
            TransactionId = transaction,
            ToPath = session.RemotePath!.Octets,
            FromPath = session.LocalPath.Octets,
            MessageId = text[..idLength],
            ByteRange = new MsrpByteRange(message.Written + 1, isFixed ? end : null, message.Length),
            SuccessReport = message.SuccessReport,
            FailureReport = message.FailureReport,
            ContentType = text.Slice(idLength, typeLength),
        });
        _output = output;
        output.OpenChunk = sender;
    }

    /// <summary>Writes the end-line; false when no chunk is open.</summary>
    public bool TryClose(MsrpFlag flag)
    {
        if (_output is not { } output)
        {
            return false;
        }

        Span<byte> transaction = stackalloc byte[MsrpIdentifiers.TransactionIdLength];
        MsrpIdentifiers.Format(Transaction, transaction);
        MsrpFrameWriter.WriteEndLine(output, transaction, flag);
        output.OpenChunk = null;
        _output = null;
        return true;
    }

    /// <summary>Writes the bodiless SEND with which the active side opens (RFC 4975 5.4); it is never open.</summary>
    public void WriteFirstSend(MsrpOutput output)
    {
        Transaction = session.Endpoint.Identifiers.NextTransaction();
        Span<byte> transaction = stackalloc byte[MsrpIdentifiers.TransactionIdLength];
        MsrpIdentifiers.Format(Transaction, transaction);
        Span<byte> messageId = stackalloc byte[32];
        int length = Encoding.ASCII.GetBytes(session.Endpoint.Identifiers.NextMessageId(), messageId);
        MsrpFrameWriter.WriteBodilessSend(output.BeginFrame(), new MsrpSendHead
        {
            TransactionId = transaction,
            ToPath = session.RemotePath!.Octets,
            FromPath = session.LocalPath.Octets,
            MessageId = messageId[..length],
            ByteRange = MsrpByteRange.Empty,
        });
    }
}
