namespace PosteRestante.Protocols.Tests.Sip.Fuzz;

/// <summary>Bends octets a little, by a seeded source: flips, cuts, repeats, swaps between messages, and what the grammar hates.</summary>
internal sealed class SipMutator(Random random)
{
    private static readonly byte[][] Dictionary =
    [
        .. new[]
        {
            "\r\n", "\r\n\r\n", "\n", "\r", "\r\n ", ":", ";", ",", "\"", "\\", "<", ">", "%", "%0", "%00", "@", "[", "]", "=", "/", " ", "\t", "\0", "?", "*",
            "SIP/2.0", "sip:", "tel:", "Content-Length: 99999999999\r\n", "Content-Length: -1\r\n", "l:0\r\n", "Via: ", "CSeq: 2147483648 X\r\n", "z9hG4bK",
            "[::1]", "[::ffff:1.2.3.4]", ";tag=", ";rport=", ";received=", "\u00e9", "Contact: *\r\n", "Route: <sip:a;lr>,\r\n", "4294967296", "-1",
        }.Select(SipTestMessages.Octets),
    ];

    /// <summary>One to eight changes to <paramref name="octets"/>; <paramref name="other"/> lends a piece.</summary>
    public byte[] Mutate(byte[] octets, byte[] other)
    {
        var text = new List<byte>(octets);
        for (var changes = random.Next(1, 9); changes > 0; changes--)
        {
            Change(text, other);
        }

        return [.. text];
    }

    private void Change(List<byte> text, byte[] other)
    {
        var at = random.Next(text.Count + 1);
        var length = Math.Min(random.Next(1, 40), text.Count - at);
        switch (random.Next(8))
        {
            case 0 when at < text.Count:
                text[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < text.Count:
                text[at] = (byte)random.Next(256);
                break;
            case 2:
                text.RemoveRange(at, length);
                break;
            case 3 when text.Count < 100_000:
                text.InsertRange(at, text.GetRange(at, length));
                break;
            case 4:
                text.RemoveRange(at, text.Count - at);
                break;
            case 5 when other.Length > 0:
                var start = random.Next(other.Length);
                text.InsertRange(at, other.AsSpan(start, random.Next(other.Length - start + 1)).ToArray());
                break;
            case 6 when text.Count < 100_000:
                text.InsertRange(at, Enumerable.Repeat(Pick(), random.Next(1, 60)).SelectMany(octets => octets));
                break;
            default:
                text.InsertRange(at, Pick());
                break;
        }
    }

    private byte[] Pick() => Dictionary[random.Next(Dictionary.Length)];
}
