using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Protocols.Cpim;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Answers;

namespace PosteRestante.SipEdge.Deposit;

/// <summary>Reads a SIP MESSAGE into what its mailbox stores, or says why it is refused (DM-12.2.2.3).</summary>
/// <remarks>Belongs to one thread: the edge loop.</remarks>
public sealed class DepositReader(DepositOptions options, CpimOptions cpimOptions) : IDisposable
{
    /// <summary>Octets of a subject that the index keeps.</summary>
    public const int SubjectOctets = 64;

    private readonly DedupeKey _dedupeKey = new();

    /// <summary>
    /// Reads a MESSAGE.
    /// </summary>
    /// <param name="message">The request; its octets become those of the request to the mailbox, not copied if it owns them.</param>
    /// <param name="sender">Whom it is from.</param>
    /// <param name="receivedAt">When it was received.</param>
    /// <param name="request">What to store, when the result is null.</param>
    /// <returns>The refusal, or null.</returns>
    public Answer? Read(SipMessage message, SenderView sender, DateTimeOffset receivedAt, out DepositRequest? request)
    {
        ArgumentNullException.ThrowIfNull(message);
        request = null;
        if (message.Body.Length > options.MaxBodyOctets)
        {
            return Answer.Because(413, $"a message may have {options.MaxBodyOctets} octets");
        }

        if (ReadContentType(message, out var isCpim) is { } badType)
        {
            return badType;
        }

        if (ReadExpiry(message, receivedAt, out var expiresAt) is { } badExpiry)
        {
            return badExpiry;
        }

        var cpim = isCpim ? ReadCpim(message) : null;
        request = new DepositRequest
        {
            DedupeKey = _dedupeKey.Of(message, sender.Aor, cpim?.MessageId ?? string.Empty),
            Content = Content(message, sender, cpim, receivedAt, expiresAt, IsInline(message)),
            OnlyIfKnown = sender.IsRepeat,
        };
        return null;
    }

    /// <summary>Whether the body is stored in the record of the message; else it goes to the body store.</summary>
    public bool IsInline(SipMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Body.Length <= options.InlineBodyOctets;
    }

    /// <inheritdoc/>
    public void Dispose() => _dedupeKey.Dispose();

    private static Answer? ReadContentType(SipMessage message, out bool isCpim)
    {
        var state = message.GetContentType(out var type);
        isCpim = state == SipFieldState.Valid && type.Is("message"u8, "cpim"u8);
        return state switch
        {
            SipFieldState.Malformed => Answer.Because(400, "malformed Content-Type"),
            SipFieldState.Absent when message.Body.Length > 0 => Answer.Because(400, "a body needs a Content-Type"),
            _ => null,
        };
    }

    private Answer? ReadExpiry(SipMessage message, DateTimeOffset receivedAt, out DateTimeOffset expiresAt)
    {
        expiresAt = default;
        var state = message.GetExpires(out var seconds);
        if (state == SipFieldState.Malformed)
        {
            return Answer.Because(400, "malformed Expires");
        }

        // A Date that cannot be read is no base to count from, and no reason to lose a message.
        DateTimeOffset? date = message.GetDate(out var sent) == SipFieldState.Valid ? sent : null;
        expiresAt = Lifetime.ExpiresAt(receivedAt, state == SipFieldState.Valid ? seconds : null, date, options);

        // A17: what has expired on receipt is not stored, and its sender is told at once.
        return expiresAt <= receivedAt ? Answer.Because(480, "the message has expired already") : null;
    }

    // CPIM that cannot be read is still a message: it is stored as it came, without a request for reports.
    private CpimMessage? ReadCpim(SipMessage message) =>
        CpimParser.Parse(message.Body.Span, cpimOptions, out var cpim) == CpimError.None ? cpim : null;

    private static DeferredContent Content(
        SipMessage message,
        SenderView sender,
        CpimMessage? cpim,
        DateTimeOffset receivedAt,
        DateTimeOffset expiresAt,
        bool isInline) =>
        new()
        {
            Mode = MessageMode.Pager,
            Octets = isInline ? message.ToImmutableOctets() : [.. message.Head.Span],
            BodyOffset = message.Head.Length,
            ReceivedAt = receivedAt,
            ExpiresAt = expiresAt,
            From = message.From.Uri.ToString(),
            Subject = CutSubject(message),
            CallId = message.CallId.ToString(),
            ImdnMessageId = cpim?.MessageId ?? string.Empty,
            Notifications = Notifications(cpim),
            SenderIdentity = sender.Identity,
            TraceParent = System.Diagnostics.Activity.Current?.Id ?? string.Empty,
        };

    /// <summary>Which notifications a CPIM message asks for.</summary>
    internal static NotificationRequests Notifications(CpimMessage? cpim)
    {
        if (cpim is null)
        {
            return NotificationRequests.None;
        }

        var asked = cpim.DispositionNotification;
        return (asked.HasFlag(ImdnDispositions.NegativeDelivery) ? NotificationRequests.NegativeDelivery : NotificationRequests.None)
            | (asked.HasFlag(ImdnDispositions.Processing) ? NotificationRequests.Processing : NotificationRequests.None);
    }

    /// <summary>The subject as the index keeps it.</summary>
    internal static string CutSubject(SipMessage message)
    {
        if (message.GetText(SipHeaderName.Subject) is not { } subject)
        {
            return string.Empty;
        }

        var octets = 0;
        var length = 0;
        foreach (var rune in subject.EnumerateRunes())
        {
            octets += rune.Utf8SequenceLength;
            if (octets > SubjectOctets)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return length == subject.Length ? subject : subject[..length];
    }
}
