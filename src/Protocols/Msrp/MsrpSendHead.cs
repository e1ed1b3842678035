namespace PosteRestante.Protocols.Msrp;

/// <summary>What the head of a SEND says (RFC 4975 7.1.1).</summary>
public readonly ref struct MsrpSendHead
{
    /// <summary>The transaction id; its end-line must not occur in the body.</summary>
    public required ReadOnlySpan<byte> TransactionId { get; init; }

    /// <summary>The peer's whole path.</summary>
    public required ReadOnlySpan<byte> ToPath { get; init; }

    /// <summary>This end's path.</summary>
    public required ReadOnlySpan<byte> FromPath { get; init; }

    /// <summary>The Message-ID, the same in each chunk of a message.</summary>
    public required ReadOnlySpan<byte> MessageId { get; init; }

    /// <summary>What part of the message this chunk is.</summary>
    public required MsrpByteRange ByteRange { get; init; }

    /// <summary>Whether a success REPORT is asked; the header is only written when it is.</summary>
    public bool SuccessReport { get; init; }

    /// <summary>What is asked about failures; always written, as peers differ on the default.</summary>
    public MsrpFailureReport FailureReport { get; init; }

    /// <summary>The Content-Type; empty for a SEND without body.</summary>
    public ReadOnlySpan<byte> ContentType { get; init; }

    /// <summary>The Content-Disposition, if any.</summary>
    public ReadOnlySpan<byte> ContentDisposition { get; init; }
}
