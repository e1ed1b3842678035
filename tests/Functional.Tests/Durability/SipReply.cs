using System.Globalization;
using System.Text;

namespace PosteRestante.Functional.Tests.Durability;

/// <summary>What the load needs to know of a response; read without the parser that is under test.</summary>
internal sealed record SipReply(int Status, string CallId, int CSeq, string Text)
{
    private const int StatusAt = 8; // "SIP/2.0 "

    /// <summary>Whether the response has a header of this name, in long form.</summary>
    public bool Has(string header) => Text.Contains($"\r\n{header}:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a datagram.</summary>
    public static SipReply Read(ReadOnlySpan<byte> datagram)
    {
        var text = Encoding.UTF8.GetString(datagram);
        var status = int.Parse(text.AsSpan(StatusAt, 3), CultureInfo.InvariantCulture);
        return new SipReply(status, Value(text, "Call-ID") ?? Value(text, "i") ?? string.Empty, Number(Value(text, "CSeq")), text);
    }

    /// <summary>The first quoted value of this name, as a challenge has it.</summary>
    public string Quoted(string name)
    {
        var from = Text.IndexOf($"{name}=\"", StringComparison.Ordinal) + name.Length + 2;
        return Text[from..Text.IndexOf('"', from)];
    }

    private static int Number(string? cseq) => cseq is null ? 0 : int.Parse(cseq.AsSpan(0, cseq.IndexOf(' ')), CultureInfo.InvariantCulture);

    private static string? Value(string text, string header)
    {
        var at = text.IndexOf($"\r\n{header}:", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var from = at + header.Length + 3;
        return text[from..text.IndexOf('\r', from)].Trim();
    }
}
