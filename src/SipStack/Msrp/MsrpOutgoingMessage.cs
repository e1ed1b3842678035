using PosteRestante.Protocols.Msrp;

namespace PosteRestante.SipStack.Msrp;

/// <summary>A message to be sent once; it also carries what became of it so far.</summary>
public class MsrpOutgoingMessage
{
    private Func<long, ValueTask<ReadOnlyMemory<byte>>>? _read;
    private ReadOnlyMemory<byte> _body;

    /// <summary>Makes a message that is in memory.</summary>
    /// <param name="messageId">4 to 32 characters of <c>ident</c> (RFC 4975 9): never a <c>sip:</c> URI.</param>
    /// <param name="contentType">The media type with its parameters.</param>
    /// <param name="body">The body; it must not change until the outcome is known.</param>
    public MsrpOutgoingMessage(string messageId, string contentType, ReadOnlyMemory<byte> body)
        : this(messageId, contentType, body.Length) => _body = body;

    /// <summary>Makes a message whose body is read piece by piece; each piece becomes a chunk.</summary>
    /// <param name="messageId">4 to 32 characters of <c>ident</c>.</param>
    /// <param name="contentType">The media type with its parameters.</param>
    /// <param name="length">Octets in all.</param>
    /// <param name="read">Gives the octets from a position on: as many as it likes, at least one. Called on the loop; the
    /// piece must not change until the next call or the outcome.</param>
    public MsrpOutgoingMessage(
        string messageId, string contentType, long length, Func<long, ValueTask<ReadOnlyMemory<byte>>> read)
        : this(messageId, contentType, length) => _read = read;

    private MsrpOutgoingMessage(string messageId, string contentType, long length)
    {
        if (messageId.Length is < 4 or > 32 || !MsrpMessageIds.IsIdent(messageId))
        {
            throw new ArgumentException("A Message-ID is 4 to 32 characters of ident (RFC 4975 9).", nameof(messageId));
        }

        if (contentType.Length is 0 or > MaxContentTypeLength || contentType.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new ArgumentException("A Content-Type is one line of ASCII.", nameof(contentType));
        }

        MessageId = messageId;
        ContentType = contentType;
        Length = length;
    }

    /// <summary>Characters of a Content-Type, at most.</summary>
    public const int MaxContentTypeLength = 512;

    /// <summary>The Message-ID.</summary>
    public string MessageId { get; }

    /// <summary>The Content-Type.</summary>
    public string ContentType { get; }

    /// <summary>Octets of the body.</summary>
    public long Length { get; }

    /// <summary>Whether a success REPORT is asked for, default yes (DM-12.2.2.5-1).</summary>
    public bool SuccessReport { get; init; } = true;

    /// <summary>What is asked about failures, default yes: every chunk is answered.</summary>
    public MsrpFailureReport FailureReport { get; init; }

    /// <summary>Whatever the caller wants to find again.</summary>
    public object? Tag { get; init; }

    /// <summary>The outcome, once it is known.</summary>
    public MsrpSendOutcome? Outcome { get; private set; }

    /// <summary>Octets written so far.</summary>
    internal long Written { get; set; }

    /// <summary>Whether the last chunk is closed.</summary>
    internal bool IsWhollyWritten { get; set; }

    /// <summary>Chunks without an answer.</summary>
    internal int Unanswered { get; set; }

    /// <summary>What success REPORTs have covered; made on the first one.</summary>
    internal MsrpRanges? Reported { get; set; }

    /// <summary>Who waits for the outcome by a task.</summary>
    internal TaskCompletionSource<MsrpSendOutcome>? Waiter { get; set; }

    /// <summary>The media type without parameters.</summary>
    internal string Essence => ContentType.Split(';', 2)[0].Trim();

    internal bool IsSettled => Outcome is not null;

    internal ValueTask<ReadOnlyMemory<byte>> ReadAsync() => _read is not null ? _read(Written) : new(_body.IsEmpty ? default : _body[(int)Written..]);

    /// <summary>Notes the outcome and lets the body go: its REPORT may be awaited much longer, or never come.</summary>
    internal void Settle(MsrpSendOutcome outcome)
    {
        Outcome = outcome;
        _body = default;
        _read = null;
    }

    /// <summary>Octets of the body that are still held.</summary>
    internal int HeldOctets => _body.Length;
}
