using System.Globalization;
using System.Text;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>
/// The grain key of a mailbox: an address-of-record in a reversible alphabet that every storage provider takes as it is
/// (no <c>/ \ # ?</c>, no control characters, no <c>%</c>). Letters, digits and <c>- . _ @ + = * ! $ &amp; ' ( ) , ;</c>
/// stand for themselves; any other octet is <c>~XX</c>.
/// </summary>
public readonly record struct MailboxKey
{
    private const string Plain = "-._@+=*!$&'(),;";
    private const string SipScheme = "sip:";

    private MailboxKey(string value) => Value = value;

    /// <summary>The text that is used as the grain key.</summary>
    public string Value { get; }

    /// <summary>True for <c>default</c>, which is no key.</summary>
    public bool IsDefault => Value is null;

    /// <summary>
    /// The key of an address-of-record in normal form (<c>sip:alice@example.net</c>, host in lower case, no parameters).
    /// The scheme <c>sip:</c> is left out; any other scheme is kept.
    /// </summary>
    /// <exception cref="ArgumentException">The address is empty.</exception>
    public static MailboxKey FromAor(string aor)
    {
        ArgumentException.ThrowIfNullOrEmpty(aor);
        var text = aor.StartsWith(SipScheme, StringComparison.Ordinal) ? aor[SipScheme.Length..] : aor;
        ArgumentException.ThrowIfNullOrEmpty(text, nameof(aor));
        return new MailboxKey(text.All(IsPlain) ? text : Escape(text));
    }

    /// <summary>Takes a grain key as it came back from a grain.</summary>
    public static MailboxKey FromGrainKey(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return new MailboxKey(key);
    }

    /// <summary>The address-of-record that the key stands for.</summary>
    public string ToAor()
    {
        var text = Value.Contains('~', StringComparison.Ordinal) ? Unescape(Value) : Value;
        return text.Contains(':', StringComparison.Ordinal) ? text : SipScheme + text;
    }

    /// <inheritdoc/>
    public override string ToString() => Value ?? string.Empty;

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal);

    private static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + 8);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            _ = IsPlain((char)octet)
                ? result.Append((char)octet)
                : result.Append(CultureInfo.InvariantCulture, $"~{octet:X2}");
        }

        return result.ToString();
    }

    private static string Unescape(string key)
    {
        var octets = new List<byte>(key.Length);
        for (var i = 0; i < key.Length; i++)
        {
            if (key[i] == '~' && i + 2 < key.Length)
            {
                octets.Add(byte.Parse(key.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 2;
            }
            else
            {
                octets.Add((byte)key[i]);
            }
        }

        return Encoding.UTF8.GetString([.. octets]);
    }
}
