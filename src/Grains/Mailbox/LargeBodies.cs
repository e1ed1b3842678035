using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;

namespace PosteRestante.Grains.Mailbox;

/// <summary>What a mailbox is asked for the sake of bodies that do not pass through it.</summary>
internal sealed class LargeBodies(MailboxParts parts, Housekeeping housekeeping)
{
    /// <summary>What may still be stored; what has expired makes room first.</summary>
    public async ValueTask<MailboxRoom> RoomAsync()
    {
        var head = await parts.Writer.LoadAsync();
        if (head is not null && Room(head) is { } room && (room.Messages <= 0 || room.Octets <= 0) && head.EarliestExpiry <= parts.Now)
        {
            await housekeeping.RunAsync(parts.Now);
            head = await parts.Writer.LoadAsync();
        }

        return head is null ? new MailboxRoom { Outcome = DeliveryOutcome.StoreUnavailable } : Room(head);
    }

    /// <summary>Adds the BYE of a session to what it brought.</summary>
    public async ValueTask EndSessionAsync(SessionEnd request)
    {
        foreach (var key in request.MessageKeys)
        {
            await parts.Messages.EndSessionAsync(key, request.Bye);
        }
    }

    /// <summary>Whether a living message refers to a body.</summary>
    public async ValueTask<BodyVerdict> JudgeAsync(KeepsBody request)
    {
        var read = await parts.Messages.ReadAsync(request.MessageKey);
        return read.Outcome switch
        {
            ReadOutcome.Found when read.Content.Body.Name == request.BodyName => BodyVerdict.Kept,
            ReadOutcome.Found or ReadOutcome.Tombstoned or ReadOutcome.Missing => BodyVerdict.Unwanted,
            _ => BodyVerdict.None,
        };
    }

    private MailboxRoom Room(Head.MailboxHead head) => new()
    {
        Outcome = DeliveryOutcome.Granted,
        Messages = parts.Options.MaxMessages - head.Totals.Count,
        Octets = parts.Options.MaxOctets - head.Totals.Octets,
    };
}
