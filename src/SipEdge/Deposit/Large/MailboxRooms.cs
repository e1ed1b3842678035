using System.Runtime.InteropServices;

namespace PosteRestante.SipEdge.Deposit.Large;

/// <summary>
/// What the messages that are under way hold of the room of their mailboxes, so that several together do not bring more than
/// their mailbox takes. It knows only the mailboxes that have a session. On the loop.
/// </summary>
internal sealed class MailboxRooms
{
    private readonly Dictionary<string, Ledger> _ledgers = new(StringComparer.Ordinal);

    /// <summary>Sessions to a mailbox.</summary>
    public int Sessions(string mailbox) => _ledgers.TryGetValue(mailbox, out var ledger) ? ledger.Sessions : 0;

    /// <summary>A session begins.</summary>
    public void Open(string mailbox) => CollectionsMarshal.GetValueRefOrAddDefault(_ledgers, mailbox, out _).Sessions++;

    /// <summary>A session is over, and with it all that it held.</summary>
    public void Close(string mailbox)
    {
        ref var ledger = ref CollectionsMarshal.GetValueRefOrNullRef(_ledgers, mailbox);
        if (--ledger.Sessions == 0)
        {
            _ledgers.Remove(mailbox);
        }
    }

    /// <summary>What the mailbox has just said of its room.</summary>
    public void Learn(string mailbox, long octets) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_ledgers, mailbox, out _).Room = octets;

    /// <summary>Whether the mailbox has room beside what is under way.</summary>
    public bool HasRoom(string mailbox) => _ledgers.TryGetValue(mailbox, out var ledger) && ledger.Room > ledger.Held;

    /// <summary>Holds room for octets that come.</summary>
    public bool TryHold(string mailbox, long octets)
    {
        ref var ledger = ref CollectionsMarshal.GetValueRefOrAddDefault(_ledgers, mailbox, out _);
        if (ledger.Held + octets > ledger.Room)
        {
            return false;
        }

        ledger.Held += octets;
        return true;
    }

    /// <summary>What was held is stored now, or will not come.</summary>
    public void Release(string mailbox, long octets, bool isStored)
    {
        ref var ledger = ref CollectionsMarshal.GetValueRefOrNullRef(_ledgers, mailbox);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref ledger))
        {
            return; // its session went first
        }

        ledger.Held -= octets;
        ledger.Room -= isStored ? octets : 0;
    }

    private record struct Ledger(int Sessions, long Room, long Held);
}
