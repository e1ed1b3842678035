using System.Globalization;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Headers;
using PosteRestante.SipEdge.Answers;

namespace PosteRestante.SipEdge.Registration;

/// <summary>Reads the Contact fields of a REGISTER (RFC 3261 10.3 steps 6 and 7).</summary>
internal sealed class RegistrationReader(RegistrarOptions options)
{
    private const int DefaultPriority = 1000;

    /// <summary>Reads them all.</summary>
    /// <param name="register">The request.</param>
    /// <param name="changes">What is wanted; empty when it only asks; null when all bindings are to go.</param>
    /// <returns>The refusal, or null.</returns>
    public Answer? Read(SipMessage register, out List<ContactChange>? changes)
    {
        changes = [];
        var general = ReadExpires(register);
        var isWildcard = false;
        foreach (var value in register.GetValues(SipHeaderName.Contact))
        {
            if (value.Span.SequenceEqual("*"u8))
            {
                isWildcard = true;
            }
            else if (changes.Count == options.MaxBindingsPerUser)
            {
                return TooMany();
            }
            else if (ReadContact(value, general, out var change) is { } refusal)
            {
                return refusal;
            }
            else
            {
                changes.Add(change!);
            }
        }

        if (!isWildcard)
        {
            return null;
        }

        // 10.3 step 6
        if (changes.Count > 0 || general != TimeSpan.Zero || !register.Contains(SipHeaderName.Expires))
        {
            return Answer.Because(400, "Contact: * stands alone, and with Expires: 0");
        }

        changes = null;
        return null;
    }

    /// <summary>The refusal of one binding too many.</summary>
    public Answer TooMany() => Answer.Because(403, string.Create(CultureInfo.InvariantCulture, $"a user may have {options.MaxBindingsPerUser} bindings"));

    private Answer? ReadContact(SipText value, TimeSpan general, out ContactChange? change)
    {
        change = null;
        if (!SipNameAddress.TryParse(value, out var address) || !address.Uri.IsSip)
        {
            return Answer.Because(400, "a Contact must be a SIP address");
        }

        var q = address.Parameters.Get("q"u8).ToString();
        var priority = DefaultPriority;
        if (q.Length > 0 && !TryReadPriority(q, out priority))
        {
            return Answer.Because(400, "malformed q");
        }

        // A malformed value counts as one hour (10.3 step 7, 20.10).
        var expires = !address.Parameters.TryGet("expires"u8, out var own) ? general
            : uint.TryParse(own.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
            : options.DefaultExpires;
        if (expires > TimeSpan.Zero && expires < options.MinExpires)
        {
            return Answer.Of(423) with { MinExpires = options.MinExpires };
        }

        change = new ContactChange(address.Uri.ToOwned(), priority, q, expires < options.MaxExpires ? expires : options.MaxExpires);
        return null;
    }

    private TimeSpan ReadExpires(SipMessage register) =>
        register.GetExpires(out var seconds) == SipFieldState.Valid ? TimeSpan.FromSeconds(seconds) : options.DefaultExpires;

    // 25.1: 0 or 1, and up to three digits.
    private static bool TryReadPriority(string q, out int thousandths)
    {
        var isNumber = decimal.TryParse(q, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value);
        thousandths = (int)(Math.Clamp(value, 0, 1) * 1000);
        return isNumber && q.Length <= 5 && value is >= 0 and <= 1;
    }
}
