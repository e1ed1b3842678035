using System.Buffers.Text;

namespace PosteRestante.Protocols.Msrp;

/// <summary>
/// The value of a REPORT's <c>Status</c> header (RFC 4975 7.1.2): a namespace (<c>000</c> is the codes of RFC 4975
/// section 10) and a code.
/// </summary>
/// <param name="Namespace">Three digits; 0 for the codes of RFC 4975.</param>
/// <param name="Code">Three digits.</param>
public readonly record struct MsrpStatus(int Namespace, int Code)
{
    /// <summary>Whether the status says that the message arrived.</summary>
    public bool IsSuccess => Namespace == 0 && Code is >= 200 and < 300;

    /// <summary>Reads <c>000 200 OK</c>; the comment is optional and ignored.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out MsrpStatus status)
    {
        status = default;
        if (text.Length < 7 || text[3] != ' ' || (text.Length > 7 && text[7] != ' ')
            || !TryThreeDigits(text[..3], out int ns) || !TryThreeDigits(text[4..7], out int code))
        {
            return false;
        }

        status = new MsrpStatus(ns, code);
        return true;
    }

    /// <summary>Reads exactly three digits.</summary>
    internal static bool TryThreeDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        return text.Length == 3 && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && Utf8Parser.TryParse(text, out value, out _);
    }
}
