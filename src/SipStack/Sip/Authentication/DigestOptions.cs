using System.ComponentModel.DataAnnotations;

namespace PosteRestante.SipStack.Sip.Authentication;

/// <summary>How callers are asked who they are.</summary>
public sealed class DigestOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Sip:Digest";

    /// <summary>The realm that clients show and key their password by; the host sets it to the service host when it is empty.</summary>
    public string Realm { get; set; } = string.Empty;

    /// <summary>How long a nonce is good for, default 5 min; after it the client is told stale=true and goes on by itself.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00")]
    public TimeSpan NonceLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How much longer a repeat with the nonce is recognized, default 32 s: as long as RFC 3261 lets a request be sent again
    /// (64*T1). What is new is told stale=true all the same.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RepeatWindow { get; set; } = TimeSpan.FromSeconds(32);

    /// <summary>Nonces in use whose counts are remembered, default 65,536 (some 6 MB); beyond it the oldest becomes stale.</summary>
    [Range(1, 10_000_000)]
    public int MaxTrackedNonces { get; set; } = 65_536;

    /// <summary>Whether MD5 is offered beside SHA-256, default true: most clients know nothing else.</summary>
    public bool OfferMd5 { get; set; } = true;
}
