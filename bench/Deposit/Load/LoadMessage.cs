using System.Globalization;
using System.Text;

namespace PosteRestante.Bench.Deposit.Load;

/// <summary>
/// The MESSAGE of one place in flight, built once: 800 octets as a SIP core sends them. Only the digits that tell one message
/// from the next, and the recipient's, are written anew.
/// </summary>
internal sealed class LoadMessage
{
    /// <summary>The length of each message.</summary>
    public const int Length = 800;

    /// <summary>How an index stands in the message, and in the list of acknowledged ones.</summary>
    public const string IndexFormat = "D10";

    private const string IndexMark = "\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001";
    private const string UserMark = "\u0002\u0002\u0002\u0002\u0002\u0002";
    private const int BodyLength = 200;
    private const string Filling =
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna "
        + "aliqua. Ut enim ad minim veniam quis nostrud exercitation ullamco laboris nisi ut aliquip";

    private readonly byte[] _octets;
    private readonly int[] _indexes;
    private readonly int[] _users;

    /// <summary>Builds the message of a place in flight.</summary>
    public LoadMessage(bool isTcp, int slot, int run)
    {
        var frame = Frame(isTcp, slot, run, padding: 0);
        _octets = Encoding.ASCII.GetBytes(Frame(isTcp, slot, run, Length - frame.Length));
        _indexes = PlacesOf(1, IndexMark.Length);
        _users = PlacesOf(2, UserMark.Length);
    }

    /// <summary>The message with the numbers of the last <see cref="Fill"/>.</summary>
    public ReadOnlySpan<byte> Octets => _octets;

    /// <summary>Makes it the next message.</summary>
    public void Fill(int index, int user)
    {
        Write(_indexes, IndexMark.Length, index);
        Write(_users, UserMark.Length, user);
    }

    private static string Frame(bool isTcp, int slot, int run, int padding)
    {
        var body = $"id={IndexMark};{Filling}"[..BodyLength];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"MESSAGE sip:u{UserMark}@lab.test SIP/2.0\r\nVia: SIP/2.0/{(isTcp ? "TCP" : "UDP")} 127.0.0.1:5060;rport;branch=z9hG4bK-{run}-{IndexMark}-{slot}\r\nMax-Forwards: 70\r\n"
            + $"From: \"Sender Number One\" <sip:sender-{slot}@lab.test>;tag=t{run}-{IndexMark}\r\nTo: <sip:u{UserMark}@lab.test>\r\n"
            + $"Call-ID: m{IndexMark}-{slot}-{run}@127.0.0.1\r\nCSeq: 1 MESSAGE\r\n"
            + $"User-Agent: bench-deposit/1.0 ({new string('.', padding)})\r\nP-Asserted-Identity: <sip:sender-{slot}@lab.test>\r\n"
            + $"Accept-Contact: *;+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.oma.cpm.msg\"\r\n"
            + $"Content-Type: text/plain\r\nContent-Length: {BodyLength}\r\n\r\n{body}");
    }

    private int[] PlacesOf(byte mark, int length)
    {
        var places = new List<int>();
        for (var at = _octets.AsSpan().IndexOf(mark); at >= 0 && at < _octets.Length; at++)
        {
            if (_octets[at] == mark)
            {
                places.Add(at);
                at += length;
            }
        }

        return [.. places];
    }

    private void Write(int[] places, int digits, int number)
    {
        var first = _octets.AsSpan(places[0], digits);
        for (var i = digits - 1; i >= 0; i--)
        {
            (number, var digit) = Math.DivRem(number, 10);
            first[i] = (byte)('0' + digit);
        }

        foreach (var place in places.AsSpan(1))
        {
            first.CopyTo(_octets.AsSpan(place, digits));
        }
    }
}
